package dev.step.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows whose columns are as wide as their widest cell; the last one is not padded. */
final class Table {
    private static final String GAP = "  ";

    private final List<Align> alignments;
    private final List<List<String>> rows = new ArrayList<>();

    /** On which side of its column a cell stands. */
    enum Align {
        LEFT,
        RIGHT
    }

    /** Columns beyond those given stand left. */
    Table(List<Align> alignments) {
        this.alignments = alignments;
    }

    void add(List<String> row) {
        rows.add(row);
    }

    List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size() - 1; column++) {
            line.append(padded(row.get(column), column, widths[column])).append(GAP);
        }
        return line.append(row.get(row.size() - 1)).toString();
    }

    private String padded(String cell, int column, int width) {
        String padding = " ".repeat(width - cell.length());
        boolean right = column < alignments.size() && alignments.get(column) == Align.RIGHT;
        return right ? padding + cell : cell + padding;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
