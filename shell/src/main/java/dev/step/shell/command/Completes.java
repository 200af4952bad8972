package dev.step.shell.command;

/** What the operands of a command name, which is what Tab offers. */
enum Completes {
    NOTHING,
    FILES,
    /** Local files, the last of which may be a key. */
    FILES_TO_KEYS,
    KEYS,
    /** Keys, the last of which may be a local file. */
    KEYS_TO_FILES,
    /** Keys of values. */
    VALUES,
    /** What can be set. */
    SETTINGS,
    COMMANDS
}
