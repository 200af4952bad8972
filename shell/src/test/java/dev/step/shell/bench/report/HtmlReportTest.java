package dev.step.shell.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.testing.Requires;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
final class HtmlReportTest {
    private static final long BROWSER_SECONDS = 120;
    private static final int DARK = 0;
    private static final int LIGHT = 1;
    private static final int BRIGHTEST_ON_DARK_PAPER = 80;

    @TempDir
    Path folder;

    private Path browser;
    private Path page;
    private Report report;

    @BeforeEach
    void write() throws Exception {
        browser = Requires.program("chromium", "chromium");
        report = new Report(SampleRuns.of("ours", 1), List.of(SampleRuns.of("other", 3)));
        page = folder.resolve("report.html");
        try (OutputStream out = Files.newOutputStream(page)) {
            ReportFormat.HTML.write(report, out);
        }
    }

    @Test
    void aBrowserShowsAllChartsAndHasNothingToComplainAbout() throws Exception {
        Path log = folder.resolve("log");
        String shown = Files.readString(browse(log, "--enable-logging=stderr", "--dump-dom"));
        assertEquals(Charts.of(report).size(), shown.split("<svg ", -1).length - 1);
        assertTrue(shown.contains("published, other hardware"), "the published figures are in the charts");
        assertEquals(
                List.of(),
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("CONSOLE"))
                        .toList());
    }

    /** Each would otherwise be cut off where the first picture on the page ends. */
    @Test
    void noTwoPartsOfThePicturesHaveTheSameName() throws Exception {
        List<String> names = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(names.size() > Charts.of(report).size(), names::toString);
        assertEquals(names.stream().distinct().toList(), names);
    }

    @Test
    void paperIsDarkForThoseWhoPreferItSo() throws Exception {
        assertTrue(brightness(picture(LIGHT)) > 255 - BRIGHTEST_ON_DARK_PAPER);
        assertTrue(brightness(picture(DARK)) < BRIGHTEST_ON_DARK_PAPER);
    }

    private BufferedImage picture(int scheme) throws Exception {
        Path file = folder.resolve("picture.png");
        browse(
                folder.resolve("log"),
                "--blink-settings=preferredColorScheme=" + scheme,
                "--window-size=800,2000",
                "--screenshot=" + file);
        return ImageIO.read(file.toFile());
    }

    /** Of the median point: nearly all of a page is paper. */
    private static int brightness(BufferedImage image) {
        List<Integer> points = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y += 7) {
            for (int x = 0; x < image.getWidth(); x += 7) {
                Color color = new Color(image.getRGB(x, y));
                points.add((color.getRed() + color.getGreen() + color.getBlue()) / 3);
            }
        }
        return points.stream().sorted().skip(points.size() / 2).findFirst().orElseThrow();
    }

    /** The file with what the browser has printed. */
    private Path browse(Path log, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless=new",
                "--no-sandbox", // root, in a container, can have none
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS), "the browser hangs");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> command.toString());
        return out;
    }
}
