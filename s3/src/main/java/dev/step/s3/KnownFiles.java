package dev.step.s3;

import dev.step.protocol.message.FileDetail;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this server has read of files' objects, and written to them, by name and tag: never old, because another content has
 * another tag. The names that were not asked for longest are forgotten. Safe for any number of threads.
 */
final class KnownFiles {
    /** Some 500 bytes each. */
    private static final int MOST = 50_000;

    private final Map<String, Tagged> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tagged> eldest) {
            return size() > MOST;
        }
    });

    Optional<FileDetail> get(ObjectStorage.Entry entry) {
        return Optional.ofNullable(known.get(entry.name()))
                .filter(one -> one.isOf(entry))
                .map(Tagged::file);
    }

    void put(String name, Tagged file) {
        known.put(name, file);
    }

    /**
     * What an object has said.
     *
     * @param tag of the object
     */
    record Tagged(String tag, FileDetail file) {
        static Tagged of(String tag, FileObject object) {
            return new Tagged(tag, object.file().detail());
        }

        /** Whether the object, as it is listed, still says so. */
        boolean isOf(ObjectStorage.Entry entry) {
            return tag.equals(entry.tag());
        }
    }
}
