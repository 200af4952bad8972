package dev.step.shell.bench.report;

import dev.step.shell.bench.Advice;
import dev.step.shell.bench.BenchJson;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.BenchRecord.Circumstances;
import dev.step.shell.bench.Figure;
import dev.step.shell.bench.PublishedFigures;
import dev.step.shell.bench.ResultTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A page that needs nothing but itself: charts, tables, circumstances, every measurement. It runs no script. */
final class HtmlReport {
    private static final String STYLES = "report.css";

    private final Report report;
    private final List<Chart> charts;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Report report) {
        this.report = report;
        this.charts = Charts.of(report);
    }

    static String of(Report report) throws IOException {
        HtmlReport html = new HtmlReport(report);
        html.write();
        return html.page.toString();
    }

    private void write() throws IOException {
        add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        add("<link rel=\"icon\" href=\"data:,\">");
        add("<title>" + Wording.TITLE + "</title>\n<style>\n" + Palette.styles() + styles()
                + "</style>\n</head>\n<body>");
        add("<h1>" + Wording.TITLE + "</h1>");
        report.all().forEach(this::addCircumstances);
        addAdvice();
        for (ResultTable table : ResultTable.of(report.run(), report.others())) {
            addFigure(table);
        }
        addMethod();
        report.all().forEach(this::addMeasurements);
        add("</body>\n</html>");
    }

    private static String styles() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLES)) {
            return new String(Objects.requireNonNull(in, STYLES).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void addCircumstances(BenchRecord run) {
        Circumstances at = run.circumstances();
        add("<section class=\"run\"><h2>" + Markup.escaped(run.label()) + "</h2><dl>");
        addFact("server", at.server().software() + " at " + at.server().address());
        addFact("client", at.machine().software());
        addFact(
                "machine",
                at.machine().processor() + ", " + at.machine().processors() + " processors, "
                        + at.machine().memory() + ", " + at.machine().system());
        addFact(
                "measured",
                at.started() + ", " + at.repeat() + " rounds, seed " + at.seed() + ", "
                        + run.samples().size() + " measurements");
        add("</dl></section>");
    }

    private void addFact(String name, String value) {
        add("<dt>" + name + "</dt><dd>" + Markup.escaped(value) + "</dd>");
    }

    private void addAdvice() {
        List<String> advice = Advice.of(report.run());
        if (!advice.isEmpty()) {
            add("<section class=\"advice\"><h2>What this means for this link</h2><ul>");
            advice.forEach(sentence -> add("<li>" + Markup.escaped(sentence) + "</li>"));
            add("</ul></section>");
        }
    }

    private void addFigure(ResultTable table) throws IOException {
        add("<section id=\"" + table.figure().userName() + "\"><h2>"
                + Markup.escaped(table.figure().question()) + "</h2>");
        addCharts(table.figure());
        add("<div class=\"table\"><table><thead><tr>");
        table.header().forEach(cell -> add("<th>" + Markup.escaped(cell) + "</th>"));
        add("</tr></thead><tbody>");
        String before = "";
        for (ResultTable.Row row : table.rows()) {
            String series = row.result().what().series();
            boolean next = table.figure() != Figure.LATENCY && !series.equals(before);
            before = series;
            add(next ? "<tr class=\"next\">" : "<tr>");
            row.cells().forEach(cell -> add("<td>" + Markup.escaped(cell) + "</td>"));
            add("</tr>");
        }
        add("</tbody></table></div>");
        String published = PublishedFigures.words(table.figure());
        if (!published.isEmpty()) {
            add("<p class=\"published\">" + Markup.escaped(published) + "</p>");
        }
        add("</section>");
    }

    private void addCharts(Figure figure) throws IOException {
        add("<div class=\"charts\">");
        for (Chart chart : charts) {
            if (chart.figure() == figure) {
                add("<figure>");
                add(SvgPicture.of(
                        chart.name(),
                        ChartPicture.WIDTH,
                        ChartPicture.HEIGHT,
                        chart.title(),
                        graphics -> ChartPicture.draw(chart, graphics, 0, 0)));
                add("</figure>");
            }
        }
        add("</div>");
    }

    private void addMethod() {
        add("<section><h2>How it was measured</h2><ul>");
        Wording.METHOD.forEach(sentence -> add("<li>" + Markup.escaped(sentence) + "</li>"));
        add("<li>In the charts a line joins medians, a bar reaches from the least to the greatest, and rings are"
                + " outliers. What is dashed and grey was published, and measured on other hardware.</li>");
        add("</ul></section>");
    }

    private void addMeasurements(BenchRecord run) {
        add("<details><summary>Every measurement of " + Markup.escaped(run.label())
                + ", in nanoseconds (what --compare reads)</summary>");
        add("<pre>" + Markup.escaped(BenchJson.write(run)) + "</pre></details>");
    }

    private void add(String text) {
        page.append(text).append('\n');
    }
}
