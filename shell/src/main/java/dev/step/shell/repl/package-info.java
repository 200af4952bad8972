/**
 * A line becomes commands, from wherever it comes: the prompt, a script, a pipe or the command line. Only the classes
 * whose names begin with Prompt know the terminal library, so that scripts never load it.
 */
@NullMarked
package dev.step.shell.repl;

import org.jspecify.annotations.NullMarked;
