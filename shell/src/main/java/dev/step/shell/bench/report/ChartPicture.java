package dev.step.shell.bench.report;

import dev.step.shell.bench.report.Chart.Curve;
import dev.step.shell.bench.report.Chart.Dot;
import dev.step.shell.bench.report.Chart.Mark;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws a chart, in the light palette, on anything that Java draws on. */
final class ChartPicture {
    static final int WIDTH = 680;
    static final int HEIGHT = 420;

    private static final double STEP_ASIDE = 0.07;
    private static final double LEGEND_LINE = 15;
    private static final float[] DASHES = {6, 5};
    private static final Stroke LINE = new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final Stroke DASHED =
            new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
    private static final Stroke HOLLOW = new BasicStroke(1.8f);
    private static final Stroke THIN = new BasicStroke(1);

    private final Chart chart;
    private final XYIntervalSeriesCollection values = new XYIntervalSeriesCollection();
    private final XYErrorRenderer lines = new XYErrorRenderer();
    private final XYSeriesCollection outliers = new XYSeriesCollection();
    private final XYLineAndShapeRenderer rings = new XYLineAndShapeRenderer(false, true);

    private ChartPicture(Chart chart) {
        this.chart = chart;
    }

    /** Fails, with an error, where there are no fonts to draw with. */
    static void checkFonts() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.getFontMetrics(font(Font.PLAIN, 12)).stringWidth("fonts");
        graphics.dispose();
    }

    /** Draws it at this place, {@link #WIDTH} wide and {@link #HEIGHT} high. */
    static void draw(Chart chart, Graphics2D graphics, int x, int y) {
        new ChartPicture(chart).make().draw(graphics, new Rectangle2D.Double(x, y, WIDTH, HEIGHT));
    }

    private JFreeChart make() {
        for (int i = 0; i < chart.curves().size(); i++) {
            add(i, chart.curves().get(i));
        }
        lines.setDrawXError(false);
        lines.setCapLength(5);
        lines.setLegendLine(new Line2D.Double(-LEGEND_LINE, 0, LEGEND_LINE, 0));
        XYPlot plot = new XYPlot(values, horizontal(), vertical(), lines);
        plot.setDataset(1, outliers);
        plot.setRenderer(1, rings);
        plot.setBackgroundPaint(Palette.PAPER.light());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(Palette.GRID.light());
        plot.setRangeGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        JFreeChart picture = new JFreeChart(chart.title(), font(Font.BOLD, 16), plot, false);
        picture.setBackgroundPaint(Palette.PAPER.light());
        picture.getTitle().setPaint(Palette.INK.light());
        picture.getTitle().setPadding(6, 0, 8, 0);
        picture.addLegend(legend(plot));
        picture.setPadding(new RectangleInsets(4, 8, 4, 14));
        return picture;
    }

    private static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(plot.getRenderer(0));
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setItemFont(font(Font.PLAIN, 12));
        legend.setItemPaint(Palette.INK.light());
        legend.setBackgroundPaint(Palette.PAPER.light());
        legend.setFrame(BlockBorder.NONE);
        return legend;
    }

    private void add(int index, Curve curve) {
        double aside = aside(index, curve);
        XYIntervalSeries series = new XYIntervalSeries(curve.name());
        XYSeries off = new XYSeries(curve.name());
        for (Dot dot : curve.dots()) {
            double x = dot.position() + aside;
            series.add(x, x, x, dot.value(), dot.low(), dot.high());
            dot.outliers().forEach(outlier -> off.add(x, outlier));
        }
        values.addSeries(series);
        outliers.addSeries(off);
        style(index, curve);
    }

    /** Ranges at the same place would hide each other. */
    private double aside(int index, Curve curve) {
        boolean hasRange =
                curve.mark() != Mark.PUBLISHED && curve.dots().stream().anyMatch(Dot::isRange);
        return !hasRange ? 0 : (index - (measuredCurves() - 1) / 2.0) * STEP_ASIDE;
    }

    private long measuredCurves() {
        return chart.curves().stream()
                .filter(curve -> curve.mark() != Mark.PUBLISHED)
                .count();
    }

    private void style(int index, Curve curve) {
        boolean published = curve.mark() == Mark.PUBLISHED;
        Color color = (published ? Palette.PUBLISHED : Palette.curve(index)).light();
        lines.setSeriesPaint(index, color);
        lines.setSeriesStroke(index, published ? DASHED : LINE);
        lines.setSeriesLinesVisible(index, published || chart.isOrdered());
        lines.setSeriesShape(index, shape(curve.mark()));
        lines.setSeriesShapesFilled(index, !published);
        lines.setErrorStroke(THIN);
        lines.setSeriesOutlineStroke(index, HOLLOW);
        rings.setSeriesPaint(index, color);
        rings.setSeriesShape(index, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
        rings.setSeriesShapesFilled(index, Boolean.FALSE);
        rings.setSeriesVisibleInLegend(index, Boolean.FALSE);
    }

    private static Shape shape(Mark mark) {
        return switch (mark) {
            case CIRCLE -> new Ellipse2D.Double(-4, -4, 8, 8);
            case TRIANGLE -> new Polygon(new int[] {-5, 5, 0}, new int[] {4, 4, -5}, 3);
            case SQUARE -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
            case PUBLISHED -> new Polygon(new int[] {0, 6, 0, -6}, new int[] {-6, 0, 6, 0}, 4);
        };
    }

    private ValueAxis horizontal() {
        SymbolAxis axis =
                new SymbolAxis(chart.figure().axis(), chart.positions().toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setRange(-0.5, chart.positions().size() - 0.5);
        return styled(axis);
    }

    private ValueAxis vertical() {
        if (chart.isLogarithmic()) {
            return styled(new OneTwoFiveAxis(chart.measure().unit()));
        }
        NumberAxis axis = new NumberAxis(chart.measure().unit());
        axis.setAutoRangeIncludesZero(true);
        return styled(axis);
    }

    private static ValueAxis styled(ValueAxis axis) {
        axis.setLabelFont(font(Font.PLAIN, 12));
        axis.setTickLabelFont(font(Font.PLAIN, 12));
        axis.setLabelPaint(Palette.MUTED.light());
        axis.setTickLabelPaint(Palette.MUTED.light());
        axis.setAxisLinePaint(Palette.MUTED.light());
        axis.setTickMarkPaint(Palette.MUTED.light());
        return axis;
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
