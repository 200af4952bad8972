package dev.step.shell.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Buffers outside of the heap, kept from one transfer to the next: to make one costs more than to send a small file. */
final class Buffers {
    private final List<ByteBuffer> kept = new ArrayList<>();

    /** So many buffers of at least this capacity in bytes. They stay this object's: a second call may give the same. */
    List<ByteBuffer> take(int count, int capacity) {
        return IntStream.range(0, count).mapToObj(index -> get(index, capacity)).toList();
    }

    /** One of them, from 0 on; the first call of a transfer says what capacity in bytes all of them have at least. */
    ByteBuffer get(int index, int capacity) {
        kept.removeIf(buffer -> buffer.capacity() < capacity);
        while (kept.size() <= index) {
            kept.add(ByteBuffer.allocateDirect(capacity));
        }
        return kept.get(index);
    }
}
