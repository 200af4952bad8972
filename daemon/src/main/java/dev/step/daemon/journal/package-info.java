/**
 * What survives of an upload: one journal for each, {@code uploads/ID/journal} beside {@code uploads/ID/data}. It says
 * whose upload it is, and which blocks lie in the data file with which checksums.
 *
 * <p>{@link dev.step.daemon.journal.JournalFormat} draws the bytes. An encoder and a decoder know them; the writer
 * appends, recovery makes a journal usable again after a crash, and the inspector looks without ever changing anything.
 */
@NullMarked
package dev.step.daemon.journal;

import org.jspecify.annotations.NullMarked;
