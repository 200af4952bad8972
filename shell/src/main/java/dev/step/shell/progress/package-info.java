/**
 * How far a transfer is, in words and as one redrawn line.
 */
@NullMarked
package dev.step.shell.progress;

import org.jspecify.annotations.NullMarked;
