package dev.step.shell.command;

import dev.step.shell.console.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows whose columns are as wide as their widest cell; the last one is not padded. */
final class Table {
    private static final String GAP = "  ";

    private final List<Align> alignments;
    private final List<Row> rows = new ArrayList<>();

    /** On which side of its column a cell stands. */
    enum Align {
        LEFT,
        RIGHT
    }

    private record Row(List<String> cells, Style style, Facts facts) {
        String last() {
            return cells.get(cells.size() - 1);
        }
    }

    /** A row as a line: what it starts with, and its last cell. */
    record Line(String start, String end, Style style, Facts facts) {}

    /** Columns beyond those given stand left. */
    Table(List<Align> alignments) {
        this.alignments = alignments;
    }

    void add(List<String> cells, Facts facts) {
        add(cells, Style.PLAIN, facts);
    }

    /** Adds a row whose last cell is something special. */
    void add(List<String> cells, Style style, Facts facts) {
        rows.add(new Row(cells, style, facts));
    }

    List<Line> lines() {
        int columns = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        return rows.stream()
                .map(row -> new Line(start(row.cells(), widths), row.last(), row.style(), row.facts()))
                .toList();
    }

    private String start(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size() - 1; column++) {
            line.append(padded(cells.get(column), column, widths[column])).append(GAP);
        }
        return line.toString();
    }

    private String padded(String cell, int column, int width) {
        String padding = " ".repeat(width - cell.length());
        boolean right = column < alignments.size() && alignments.get(column) == Align.RIGHT;
        return right ? padding + cell : cell + padding;
    }

    private int width(int column) {
        return rows.stream()
                .map(Row::cells)
                .filter(cells -> column < cells.size())
                .mapToInt(cells -> cells.get(column).length())
                .max()
                .orElse(0);
    }
}
