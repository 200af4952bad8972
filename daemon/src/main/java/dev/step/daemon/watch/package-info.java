/** Looking at a running server from beside: whether it is ready, what it has changed, who is connected. */
@NullMarked
package dev.step.daemon.watch;

import org.jspecify.annotations.NullMarked;
