/** What a server keeps: the interface between the handlers of requests and the place where files lie. */
@NullMarked
package dev.step.daemon.store;

import org.jspecify.annotations.NullMarked;
