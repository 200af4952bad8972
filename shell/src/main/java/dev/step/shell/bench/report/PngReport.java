package dev.step.shell.bench.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** The charts as one picture of dots, on light paper, twice as fine as screens used to be. */
final class PngReport {
    private static final int SCALE = 2;

    private PngReport() {}

    static void write(Report report, OutputStream out) throws IOException {
        Sheet sheet = Sheet.of(report);
        BufferedImage image =
                new BufferedImage(sheet.width() * SCALE, sheet.height() * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        sheet.draw(graphics);
        graphics.dispose();
        ImageIO.write(image, "png", out);
    }
}
