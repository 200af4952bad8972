/**
 * The only way out to the user.
 */
@NullMarked
package dev.step.shell.console;

import org.jspecify.annotations.NullMarked;
