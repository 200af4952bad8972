/** Copies a store into another one, wherever the two lie. */
@NullMarked
package dev.step.daemon.store.copy;

import org.jspecify.annotations.NullMarked;
