package dev.step.shell.bench.report;

import dev.step.shell.bench.BenchJson;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report can be: its name ends in it. */
public enum ReportFormat {
    HTML,
    SVG,
    PNG,
    CSV,
    JSON,
    MD;

    /** The format of a file of this name. */
    public static Optional<ReportFormat> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Finds out whether this Java can do it: drawing needs fonts. */
    public void check() throws ClientException {
        try {
            switch (this) {
                case HTML, SVG, PNG -> ChartPicture.checkFonts();
                case CSV, JSON, MD -> {}
            }
        } catch (LinkageError | InternalError | RuntimeException e) { // it depends on the Java how it says so
            throw new ClientException(
                    Problem.LOCAL_FILE,
                    "this Java cannot draw (" + e.getMessage()
                            + "): install fontconfig and a font, or write a .md, .csv or .json report");
        }
    }

    /** Writes it; the stream stays open. */
    public void write(Report report, OutputStream out) throws IOException {
        switch (this) {
            case HTML -> text(HtmlReport.of(report), out);
            case SVG -> text(SvgReport.of(report), out);
            case PNG -> PngReport.write(report, out);
            case CSV -> text(CsvReport.of(report), out);
            case JSON -> text(BenchJson.write(report.run()), out);
            case MD -> text(MarkdownReport.of(report), out);
        }
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
