package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a complete file.
 *
 * @param size in bytes
 * @param modified to the millisecond
 * @param digests those computed so far
 * @param version names this content of this key, among all it ever had
 */
public record StoredFile(Key key, long size, Instant modified, List<Digest> digests, String version) {}
