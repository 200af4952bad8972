/** Clients' connections: accepting them, the loop that serves one, and what bounds them. */
@NullMarked
package dev.step.daemon.connection;

import org.jspecify.annotations.NullMarked;
