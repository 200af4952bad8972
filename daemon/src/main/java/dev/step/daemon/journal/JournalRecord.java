package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.Limits;

/** What happened to an upload since it began. */
public sealed interface JournalRecord {
    /**
     * A block lies in the data file. A later record of the same block replaces this one: its content has changed.
     *
     * @param index 0 to {@link Limits#MAX_BLOCKS} - 1
     * @param crc the CRC32C of its bytes
     */
    record Block(int index, int crc) implements JournalRecord {
        public Block {
            checkIndex(index);
        }
    }

    /** The client has named the digest that it expects; the last such record counts. */
    record Expect(Digest digest) implements JournalRecord {}

    /**
     * A block of an earlier record turned out not to lie in the data file: after a crash the disk had not all of it.
     *
     * @param index 0 to {@link Limits#MAX_BLOCKS} - 1
     */
    record Lost(int index) implements JournalRecord {
        public Lost {
            checkIndex(index);
        }
    }

    private static void checkIndex(int index) {
        if (index < 0 || index >= Limits.MAX_BLOCKS) {
            throw new IllegalArgumentException("block " + index);
        }
    }
}
