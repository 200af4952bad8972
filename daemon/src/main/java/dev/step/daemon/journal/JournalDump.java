package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints a journal: its header, every valid record, and how it ends. However long, it is never in memory as a whole. */
record JournalDump(Consumer<String> out) {
    /** Prints the journal of this upload. */
    void print(DiskFile file, UploadId id) throws IOException {
        JournalDecoder decoder = new JournalDecoder(file, id);
        out.accept("upload              " + id);
        Optional<JournalHeader> header = decoder.header();
        header.ifPresent(this::printHeader);
        if (header.isPresent()) {
            out.accept("");
            out.accept("    OFFSET      SYNCED  RECORD");
        }
        for (PlacedRecord record = decoder.next(); record != null; record = decoder.next()) {
            out.accept(String.format(
                    Locale.ROOT, "%10d  %10d  %s", record.offset(), record.synced(), text(record.content())));
        }
        out.accept(text(decoder.ending()));
    }

    private void printHeader(JournalHeader header) {
        print("sequence", header.identity().sequence());
        print("begun", header.identity().created());
        print("user", ShownText.of(header.target().user().text()));
        print("key", ShownText.of(header.target().key().text()));
        print("size", header.plan().size());
        print("block size", header.plan().blockSize());
        print("blocks", header.plan().totalBlocks());
        print("replace", header.target().replace());
        print("digest", header.check().algorithm().wireName());
        print("verify on publish", header.check().verifyOnPublish());
        Digest expected = header.check().expected();
        print("expected", expected == null ? "-" : text(expected));
        String fingerprint = header.clientFile().fingerprint();
        print("fingerprint", fingerprint == null ? "-" : ShownText.of(fingerprint));
        print("modified", text(header.clientFile().modified()));
    }

    private void print(String name, Object value) {
        out.accept(String.format(Locale.ROOT, "%-19s %s", name, value));
    }

    private static String text(JournalRecord record) {
        if (record instanceof JournalRecord.Block block) {
            return "block " + block.index() + ", CRC32C " + ShownText.crc(block.crc());
        }
        if (record instanceof JournalRecord.Expect expect) {
            return "expect " + text(expect.digest());
        }
        return "lost block " + ((JournalRecord.Lost) record).index();
    }

    private static String text(Digest digest) {
        return (digest.algorithm() == DigestAlgorithm.MD5 ? "MD5 " : "SHA-256 ") + digest.hex();
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "-" : time.toString();
    }

    private static String text(JournalEnding ending) {
        if (ending instanceof JournalEnding.Whole whole) {
            return "whole: ends with its last record, at " + whole.length();
        }
        if (ending instanceof JournalEnding.Torn torn) {
            return torn.at() == 0
                    ? "never begun: no valid header, and nothing says that there was one"
                    : "torn: from " + torn.at() + " on " + (torn.length() - torn.at())
                            + " bytes that were never synced and would be cut";
        }
        return ending instanceof JournalEnding.Damaged damaged
                ? "damaged: " + damaged.reason()
                : "of version " + ((JournalEnding.OtherVersion) ending).version() + ", which this server does not know";
    }
}
