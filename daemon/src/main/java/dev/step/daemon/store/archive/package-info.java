/**
 * What a store's files look like on their way from one store to another: a tar.
 *
 * <pre>
 * step-export                  {"format":1}; always first
 * users/USER/files/KEY         a complete file, under the path that it has in a store, whichever tree it lies in there
 * users/USER/data/KEY          a value: one JSON object
 * step-export-end              {"entries":N}: so many were in between; always last
 * </pre>
 *
 * <p>Files have pax headers: {@code STEP.modified}, milliseconds since 1970, and {@code STEP.md5} or {@code STEP.sha256} or
 * both, in hexadecimal. Any tar unpacks it; names are ASCII, escaped as a store escapes them.
 */
@NullMarked
package dev.step.daemon.store.archive;

import org.jspecify.annotations.NullMarked;
