package dev.step.shell.command;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of digests in the format of {@code md5sum}, which that program can check, too.
 *
 * <pre>
 *   5d41402abc4b2a76b9719d911017c592  name
 *   5d41402abc4b2a76b9719d911017c592 *name         was read as binary, which is the same
 *   \5d41402abc4b2a76b9719d911017c592  na\\me      \\ is a backslash, \n and \r are what they always are
 *   # comment
 * </pre>
 *
 * @param entries in the order of the list
 */
record Md5Sums(List<Entry> entries) {
    private static final Pattern LINE = Pattern.compile("(\\\\?)([0-9a-fA-F]{32}) [ *](.+)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** A file and its digest. */
    record Entry(String name, Digest digest) {}

    /** Reads a list. */
    static Md5Sums read(Path file) throws ClientException {
        List<Entry> entries = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isEmpty() && !line.startsWith("#")) {
                    entries.add(entry(line, file + ":" + number));
                }
            }
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
        return new Md5Sums(entries);
    }

    private static Entry entry(String line, String place) throws ClientException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ClientException(Problem.LOCAL_FILE, place + ": not a line that md5sum writes");
        }
        try {
            String name = matcher.group(1).isEmpty() ? matcher.group(3) : unescape(matcher.group(3));
            return new Entry(name, Digest.parse(DigestAlgorithm.MD5, matcher.group(2)));
        } catch (RefusedException e) {
            throw new IllegalStateException("the pattern lets only digests through", e);
        }
    }

    /** Writes a list; a file that exists is replaced. */
    void write(Path file) throws ClientException {
        try {
            Files.writeString(file, entries.stream().map(Md5Sums::line).collect(Collectors.joining()));
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }

    private static String line(Entry entry) {
        String name = entry.name().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        String mark = name.equals(entry.name()) ? "" : "\\";
        return mark + entry.digest().hex() + "  " + name + "\n";
    }

    private static String unescape(String name) {
        return ESCAPE.matcher(name).replaceAll(match -> switch (match.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            default -> Matcher.quoteReplacement(match.group(1));
        });
    }
}
