/**
 * The shell: reads a line, runs a command through one client, prints through one console.
 */
@NullMarked
package dev.step.shell;

import org.jspecify.annotations.NullMarked;
