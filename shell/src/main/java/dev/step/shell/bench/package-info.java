/**
 * Measures a server. Data flows one way: a plan (which cases, how often, in which order) is run against the server by the
 * client's own classes and leaves samples; samples become statistics, and these become tables, charts and reports.
 */
@NullMarked
package dev.step.shell.bench;

import org.jspecify.annotations.NullMarked;
