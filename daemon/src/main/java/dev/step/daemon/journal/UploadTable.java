package dev.step.daemon.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The uploads of a store, a line each, in the order in which they were begun. */
final class UploadTable {
    private static final List<String> TITLES = List.of("ID", "USER", "KEY", "SIZE", "BLOCKS", "DONE", "AGE", "STATE");
    private static final String UNKNOWN = "-";
    private static final int PERCENT = 100;

    private final Instant now;
    private final List<Row> rows = new ArrayList<>();

    /** Counts the uploads' ages up to now. */
    UploadTable(Instant now) {
        this.now = now;
    }

    void add(InspectedUpload upload) {
        rows.add(upload.journal()
                .contents()
                .map(contents -> row(upload, contents))
                .orElseGet(() -> new Row(Long.MAX_VALUE, cells(upload, List.of()))));
    }

    private Row row(InspectedUpload upload, JournalContents contents) {
        JournalHeader header = contents.header();
        ReceivedBlocks blocks = contents.blocks();
        List<String> known = List.of(
                ShownText.of(header.target().user().text()),
                ShownText.of(header.target().key().text()),
                String.valueOf(header.plan().size()),
                blocks.count() + "/" + blocks.total(),
                percent(blocks) + "%",
                ShownText.age(Duration.between(header.identity().created(), now)));
        return new Row(header.identity().sequence(), cells(upload, known));
    }

    private static long percent(ReceivedBlocks blocks) {
        return blocks.total() == 0 ? PERCENT : (long) blocks.count() * PERCENT / blocks.total();
    }

    private static List<String> cells(InspectedUpload upload, List<String> known) {
        List<String> cells = new ArrayList<>();
        cells.add(upload.id().toString());
        cells.addAll(known);
        while (cells.size() < TITLES.size() - 1) {
            cells.add(UNKNOWN);
        }
        cells.add(upload.state());
        return cells;
    }

    /** The titles, and a line for each upload. */
    List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(TITLES);
        rows.stream()
                .sorted(Comparator.comparing(Row::sequence))
                .map(Row::cells)
                .forEach(all::add);
        int[] widths = new int[TITLES.size()];
        for (List<String> cells : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        return all.stream().map(cells -> line(cells, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private record Row(long sequence, List<String> cells) {}
}
