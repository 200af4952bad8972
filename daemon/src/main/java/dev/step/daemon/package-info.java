/**
 * The server: accepts connections, answers requests, keeps files and data in a store.
 */
@NullMarked
package dev.step.daemon;

import org.jspecify.annotations.NullMarked;
