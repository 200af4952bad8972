package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.Limits;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            if (index < 0 || index >= Limits.MAX_BLOCKS) {
                throw new IllegalArgumentException("block " + index);
            }
        }
    }

    /** The client has named the digest that it expects; the last such record counts. */
    record Expect(Digest digest) implements JournalRecord {}

    /**
     * Everything is there and, unless the store never syncs, on the disk: the file may be published, and published
     * again after a crash. Nothing follows this record.
     *
     * @param digests those computed so far: at least one, at most one of each algorithm
     * @param modified to the millisecond; null when the client named none
     */
    record Complete(List<Digest> digests, @Nullable Instant modified) implements JournalRecord {
        public Complete {
            digests = digests.stream()
                    .sorted(Comparator.comparing(Digest::algorithm))
                    .toList();
            if (digests.isEmpty()
                    || digests.stream().map(Digest::algorithm).distinct().count() != digests.size()) {
                throw new IllegalArgumentException("digests " + digests);
            }
            if (modified != null) {
                Milliseconds.check(modified);
            }
        }
    }
}
