package dev.step.shell.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.Figure;
import dev.step.shell.bench.Measure;
import dev.step.shell.bench.report.Chart.Mark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What the reports say about measurements that are known. */
final class ReportTest {
    private final Report alone = new Report(SampleRuns.of("ours", 1), List.of());
    private final Report compared =
            new Report(SampleRuns.of("ours", 1), List.of(SampleRuns.of("<other> | \"one\"", 3)));

    @Test
    void aFilesNameSaysItsFormat() {
        assertEquals(Optional.of(ReportFormat.HTML), ReportFormat.of(Path.of("a.b/REPORT.html")));
        assertEquals(Optional.of(ReportFormat.MD), ReportFormat.of(Path.of("x.md")));
        assertEquals(Optional.empty(), ReportFormat.of(Path.of("html")));
    }

    @Test
    void chartsJoinMediansAndShowRangesAndOutliers() {
        Chart rate = chart(alone, Figure.SIZES, Measure.RATE);
        assertEquals(List.of("256 KiB", "1 MiB", "20 MiB"), rate.positions());
        Chart.Curve put = rate.curves().get(0);
        assertEquals("put", put.name());
        assertEquals(3, put.dots().size());
        Chart.Dot first = put.dots().get(0); // 10 measurements: 1 ms, nine times, and 5 ms
        assertEquals(262.144, first.value(), 1e-9);
        assertEquals(262.144 / 5, first.low(), 1e-9);
        assertEquals(262.144, first.high(), 1e-9);
        assertEquals(1, first.outliers().size());
        assertEquals(262.144 / 5, first.outliers().get(0), 1e-9);
    }

    @Test
    void publishedFiguresAreMarkedAsSuch() {
        Chart rate = chart(alone, Figure.SIZES, Measure.RATE);
        List<Chart.Curve> published = rate.curves().stream()
                .filter(curve -> curve.mark() == Mark.PUBLISHED)
                .toList();
        assertEquals(2, published.size());
        published.forEach(curve -> assertTrue(curve.name().contains("other hardware"), curve.name()));
        assertEquals(106, published.get(0).dots().get(0).value());
        assertEquals(2, published.get(0).dots().get(0).position(), "at 20 MiB");
    }

    @Test
    void comparedRunsShareTheCharts() {
        Chart time = chart(compared, Figure.SIZES, Measure.TIME);
        assertEquals("ours: put", time.curves().get(0).name());
        assertEquals("<other> | \"one\": put", time.curves().get(1).name());
        assertEquals(
                3 * time.curves().get(0).dots().get(1).value(),
                time.curves().get(1).dots().get(1).value(),
                1e-9);
    }

    @Test
    void csvHasALineForEachMeasurementOfEachRun() throws Exception {
        List<String> lines = text(ReportFormat.CSV, compared).lines().toList();
        assertEquals(1 + 2 * compared.run().samples().size(), lines.size());
        assertEquals("label,figure,action,kind,size,connections,clients,round,index,nanos", lines.get(0));
        assertEquals("\"ours\",sizes,put,bin,262144,1,1,1,0,1000000", lines.get(1));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("\"<other> | \"\"one\"\"\",")));
    }

    @Test
    void markdownShowsTablesAndRatios() throws Exception {
        String text = text(ReportFormat.MD, compared);
        assertTrue(
                text.contains("| put | 256 KiB | 1.00 ms | 1.00 ms–5.00 ms | 1.40 ms | 90 % | 5.00 ms | 10 | 262 MB/s"
                        + " | 3.00 ms (×3.00) |"),
                text);
        assertTrue(text.contains("&lt;other> \\| \"one\" (time ratio)"), text);
    }

    @Test
    void svgIsWellFormedAndFollowsTheReadersColours() throws Exception {
        String text = text(ReportFormat.SVG, compared);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes("UTF-8")));
        assertEquals("svg", document.getDocumentElement().getTagName());
        assertTrue(text.contains("prefers-color-scheme:dark"));
        assertTrue(text.contains("stroke:var(--first)"));
        assertTrue(text.contains(">Throughput by file size<"), "its words are text");
        assertFalse(text.contains("rgb("), "a colour that is not in the palette");
    }

    @Test
    void pngHasAllCharts() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportFormat.PNG.write(alone, out);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
        assertEquals(2 * 2 * ChartPicture.WIDTH, image.getWidth());
        assertTrue(image.getHeight() >= 2 * 2 * ChartPicture.HEIGHT);
    }

    @Test
    void htmlEscapesWhatOthersHaveNamed() throws Exception {
        String text = text(ReportFormat.HTML, compared);
        assertTrue(text.contains("&lt;other&gt; | &quot;one&quot;"));
        assertFalse(text.contains("<other>"));
        assertFalse(text.contains("<script"));
        assertFalse(text.matches("(?s).*(src|href)=\"(?!data:).*"), "it needs nothing but itself");
    }

    private static Chart chart(Report report, Figure figure, Measure measure) {
        return Charts.of(report).stream()
                .filter(chart -> chart.figure() == figure && chart.measure() == measure)
                .findFirst()
                .orElseThrow();
    }

    private static String text(ReportFormat format, Report report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.check();
        format.write(report, out);
        return out.toString("UTF-8");
    }
}
