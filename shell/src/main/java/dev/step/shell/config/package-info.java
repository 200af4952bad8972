/**
 * What the user has written down for every start of the shell.
 */
@NullMarked
package dev.step.shell.config;

import org.jspecify.annotations.NullMarked;
