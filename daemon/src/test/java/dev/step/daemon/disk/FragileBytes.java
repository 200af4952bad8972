package dev.step.daemon.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** The bytes of a file: as they are read now, and as the last sync left them. */
final class FragileBytes {
    private static final int SECTOR_BYTES = 512;

    private byte[] current = {};
    private byte[] synced = {};

    int length() {
        return current.length;
    }

    int read(long position, ByteBuffer target) {
        int count = (int) Math.max(0, Math.min(target.remaining(), current.length - position));
        if (count > 0) {
            target.put(current, (int) position, count);
        }
        return count;
    }

    void write(long position, ByteBuffer source) {
        int count = source.remaining();
        current = Arrays.copyOf(current, (int) Math.max(current.length, position + count));
        source.get(current, (int) position, count);
    }

    void truncate(long size) {
        current = Arrays.copyOf(current, (int) Math.min(current.length, size));
    }

    void sync() {
        synced = current.clone();
    }

    /**
     * What was not synced is lost, or not, or in part: first the size takes any value between the old and the new one;
     * then each sector holds the old bytes, or the new ones, or some of both. Old bytes beyond the old end are zeros.
     */
    void losePower(Random random) {
        byte[] left = Arrays.copyOf(synced, lengthLeft(random));
        byte[] written = Arrays.copyOf(current, left.length);
        int odds = random.nextInt(4); // so that there are files of which all is lost, or nothing
        for (int from = 0; from < left.length; from += SECTOR_BYTES) {
            int end = Math.min(left.length, from + SECTOR_BYTES);
            boolean torn = random.nextInt(8) == 0;
            int count = torn ? random.nextInt(end - from + 1) : random.nextInt(3) < odds ? end - from : 0;
            System.arraycopy(written, from, left, from, count);
        }
        current = left;
        synced = left.clone();
    }

    private int lengthLeft(Random random) {
        int least = Math.min(current.length, synced.length);
        int most = Math.max(current.length, synced.length);
        return switch (random.nextInt(4)) {
            case 0 -> synced.length;
            case 1 -> least + random.nextInt(most - least + 1);
            default -> current.length;
        };
    }
}
