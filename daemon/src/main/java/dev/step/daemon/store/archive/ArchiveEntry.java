package dev.step.daemon.store.archive;

import dev.step.protocol.Digest;
import java.time.Instant;
import java.util.List;

/**
 * Something in an archive.
 *
 * @param name a path, with slashes
 * @param size in bytes
 * @param modified to the millisecond
 * @param digests what the bytes come to, as far as that is known
 */
public record ArchiveEntry(String name, long size, Instant modified, List<Digest> digests) {}
