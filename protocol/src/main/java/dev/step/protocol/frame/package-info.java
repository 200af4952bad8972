/**
 * Bytes to frames and back. A frame is one message on the wire:
 *
 * <pre>
 *   0        4        8                 8+N              8+N+M
 *   | N: u32 | M: u32 | N bytes of JSON | M bytes binary |        both lengths big-endian, unsigned
 * </pre>
 *
 * <p>Lengths are not trusted: JSON is bounded and its memory grows with what has arrived; the binary part is left
 * on the wire until the reader of the message knows whether it wants it.
 */
@NullMarked
package dev.step.protocol.frame;

import org.jspecify.annotations.NullMarked;
