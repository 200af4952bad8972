/**
 * What a measurement is written to: one class for each format. Charts are data first ({@link Charts}); only
 * {@link ChartPicture} and {@link SvgPicture} know the libraries that draw them, which are loaded when a report with
 * pictures is asked for and never else.
 */
@NullMarked
package dev.step.shell.bench.report;

import org.jspecify.annotations.NullMarked;
