/**
 * What a running server tells Prometheus, over HTTP. The only package that knows the metrics library, none of which is
 * loaded in a server that nobody listens to.
 */
@NullMarked
package dev.step.daemon.metrics;

import org.jspecify.annotations.NullMarked;
