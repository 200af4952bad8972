package dev.step.shell.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Lines of words, some much more frequent than others, as in any language: they compress about as well. */
final class SampleText {
    private static final int VOCABULARY = 4_000;
    private static final int LINE_CHARACTERS = 72;
    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiou";

    private final SplittableRandom random;
    private final String[] vocabulary;

    SampleText(long seed) {
        this.random = new SplittableRandom(seed);
        this.vocabulary = IntStream.range(0, VOCABULARY).mapToObj(i -> word()).toArray(String[]::new);
    }

    /** Writes so many bytes of it. */
    void write(long size, OutputStream out) throws IOException {
        for (long left = size; left > 0; ) {
            byte[] line = line().getBytes(StandardCharsets.US_ASCII);
            out.write(line, 0, (int) Math.min(left, line.length));
            left -= line.length;
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder(LINE_CHARACTERS);
        String word = nextWord();
        while (line.length() + word.length() < LINE_CHARACTERS) {
            line.append(word).append(' ');
            word = nextWord();
        }
        return line.append('\n').toString();
    }

    /** The cube prefers the first words. */
    private String nextWord() {
        double place = random.nextDouble();
        return vocabulary[(int) (place * place * place * VOCABULARY)];
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = 1 + random.nextInt(3); syllables > 0; syllables--) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                    .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }
}
