/** The disk as the store sees it: few operations, so that tests can stand in for a disk that fails or forgets. */
@NullMarked
package dev.step.daemon.disk;

import org.jspecify.annotations.NullMarked;
