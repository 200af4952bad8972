package dev.step.shell.bench.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;

/** All charts of a report on one sheet, two beside each other, and below them what was measured where. */
record Sheet(List<Chart> charts, List<String> notes) {
    private static final int MOST_COLUMNS = 2;
    private static final int NOTE_HEIGHT = 18;
    private static final int MARGIN = 12;
    private static final int NOTE_SIZE = 11;

    static Sheet of(Report report) {
        return new Sheet(
                Charts.of(report),
                report.all().stream()
                        .flatMap(run -> Wording.notes(run).stream())
                        .toList());
    }

    private int columns() {
        return Math.max(1, Math.min(MOST_COLUMNS, charts.size()));
    }

    int width() {
        return columns() * ChartPicture.WIDTH;
    }

    int height() {
        return chartsHeight() + notes.size() * NOTE_HEIGHT + MARGIN;
    }

    private int chartsHeight() {
        return (charts.size() + columns() - 1) / columns() * ChartPicture.HEIGHT;
    }

    void draw(Graphics2D graphics) {
        graphics.setPaint(Palette.PAPER.light());
        graphics.fillRect(0, 0, width(), height());
        for (int i = 0; i < charts.size(); i++) {
            int x = i % columns() * ChartPicture.WIDTH;
            int y = i / columns() * ChartPicture.HEIGHT;
            ChartPicture.draw(charts.get(i), graphics, x, y);
        }
        graphics.setPaint(Palette.MUTED.light());
        graphics.setFont(ChartPicture.font(Font.PLAIN, NOTE_SIZE));
        for (int i = 0; i < notes.size(); i++) {
            graphics.drawString(notes.get(i), MARGIN, chartsHeight() + (i + 1) * NOTE_HEIGHT - MARGIN / 3);
        }
    }
}
