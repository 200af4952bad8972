package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that has come in one piece.
 *
 * @param content from the buffer's position to its limit; the buffer stays its owner's
 * @param expected what it has to come to
 * @param modified when the client's file was last changed
 * @param replace whether it may take the place of a file of that key
 */
public record WholeFile(Key key, ByteBuffer content, Digest expected, Optional<Instant> modified, boolean replace) {}
