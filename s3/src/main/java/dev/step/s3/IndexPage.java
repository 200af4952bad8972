package dev.step.s3;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileDetail;
import dev.step.s3.KnownFiles.Tagged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One object of a user's {@link DetailIndex}: a line that no other object has, and one for each file. Fields are separated by
 * tabs, which names have none of: name, tag, size, modified, and the digests that are known.
 *
 * <pre>
 * index UUID
 * a/b    5d41402abc4b2a76b9719d911017c592    5    1700000000000    md5=…    sha256=…
 * </pre>
 *
 * @param files what is known of files, by the names of their objects below the user's, none of which is cut off
 */
record IndexPage(NavigableMap<String, Tagged> files) {
    private static final String FIRST_WORD = "index ";
    private static final String SEPARATOR = "\t";
    private static final String EQUALS = "=";

    static final IndexPage EMPTY = new IndexPage(Collections.emptyNavigableMap());

    byte[] encode() {
        StringBuilder text =
                new StringBuilder(FIRST_WORD).append(UUID.randomUUID()).append('\n');
        files.forEach((name, known) -> text.append(line(name, known)).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(String name, Tagged known) {
        FileDetail file = known.file();
        Stream<String> fields = Stream.of(
                name,
                known.tag(),
                Long.toString(file.size()),
                Long.toString(file.modified().toEpochMilli()));
        Stream<String> digests =
                file.digests().stream().map(digest -> digest.algorithm().fieldName() + EQUALS + digest.hex());
        return String.join(SEPARATOR, Stream.concat(fields, digests).toList());
    }

    /** Reads such an object; empty if it is none. */
    static Optional<IndexPage> read(byte[] bytes) {
        NavigableMap<String, Tagged> files = new TreeMap<>();
        try {
            new String(bytes, StandardCharsets.US_ASCII).lines().skip(1).forEach(line -> {
                String[] fields = line.split(SEPARATOR, -1);
                files.put(fields[0], new Tagged(fields[1], file(fields)));
            });
        } catch (RuntimeException e) { // keys, numbers and digests each have their own
            return Optional.empty();
        }
        return Optional.of(new IndexPage(files));
    }

    private static FileDetail file(String[] fields) {
        Key key = KeyName.key(fields[0]).orElseThrow();
        List<Digest> digests = new ArrayList<>();
        for (int i = 4; i < fields.length; i++) {
            String[] digest = fields[i].split(EQUALS, -1);
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                if (algorithm.fieldName().equals(digest[0])) {
                    digests.add(new Digest(algorithm, digest[1]));
                }
            }
        }
        return new FileDetail(key, Long.parseLong(fields[2]), Instant.ofEpochMilli(Long.parseLong(fields[3])), digests);
    }
}
