/** How a server proves who it is: its certificate and key, and how they are made. */
@NullMarked
package dev.step.daemon.tls;

import org.jspecify.annotations.NullMarked;
