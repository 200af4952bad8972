/**
 * The commands, one class each, and the one list of them that drives dispatch, help and completion.
 */
@NullMarked
package dev.step.shell.command;

import org.jspecify.annotations.NullMarked;
