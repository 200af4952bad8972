package dev.step.shell.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Buffers outside of the heap, kept from one transfer to the next: to make one costs more than to send a small file. */
final class Buffers {
    private final List<ByteBuffer> kept = new ArrayList<>();

    /** So many buffers of at least this capacity in bytes. They stay this object's: a second call may give the same. */
    List<ByteBuffer> take(int count, int capacity) {
        kept.removeIf(buffer -> buffer.capacity() < capacity);
        while (kept.size() < count) {
            kept.add(ByteBuffer.allocateDirect(capacity));
        }
        return List.copyOf(kept.subList(0, count));
    }
}
