package dev.step.shell.bench.report;

import dev.step.shell.bench.Advice;
import dev.step.shell.bench.PublishedFigures;
import dev.step.shell.bench.ResultTable;
import java.util.Collections;
import java.util.List;

/** The tables as text that many sites show well. */
final class MarkdownReport {
    private static final String CELL = " | ";

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    static String of(Report report) {
        MarkdownReport markdown = new MarkdownReport();
        markdown.write(report);
        return markdown.text.toString();
    }

    private void write(Report report) {
        line("# " + Wording.TITLE);
        report.all().forEach(run -> paragraph(escaped(String.join("; ", Wording.notes(run)) + ".")));
        for (ResultTable table : ResultTable.of(report.run(), report.others())) {
            paragraph("## " + table.figure().question());
            line("");
            row(table.header());
            row(Collections.nCopies(table.header().size(), "---"));
            table.rows().forEach(row -> row(row.cells()));
            String published = PublishedFigures.words(table.figure());
            if (!published.isEmpty()) {
                paragraph(published);
            }
        }
        List<String> advice = Advice.of(report.run());
        if (!advice.isEmpty()) {
            paragraph("## What this means for this link");
            advice.forEach(this::paragraph);
        }
        paragraph("## How it was measured");
        line("");
        Wording.METHOD.forEach(sentence -> line("- " + sentence));
    }

    private void paragraph(String words) {
        line("");
        line(words);
    }

    private void row(List<String> cells) {
        line("| "
                + String.join(CELL, cells.stream().map(MarkdownReport::escaped).toList()) + " |");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    /** What others have named must not end the cell. */
    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;");
    }
}
