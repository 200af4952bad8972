/**
 * The server that lives inside the shell.
 */
@NullMarked
package dev.step.shell.embedded;

import org.jspecify.annotations.NullMarked;
