package dev.step.shell.command;

/**
 * Something that the word being typed could become.
 *
 * @param text the whole word, unquoted
 * @param complete whether the word ends there; a folder goes on
 */
public record Suggestion(String text, boolean complete) {}
