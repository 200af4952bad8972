/** From a request to its answer: the table of operations, and a handler for each kind of resource. */
@NullMarked
package dev.step.daemon.request;

import org.jspecify.annotations.NullMarked;
