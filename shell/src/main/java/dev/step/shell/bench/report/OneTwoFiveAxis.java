package dev.step.shell.bench.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis marked with round numbers: 1, 2, 5, 10, and so on; over many decades only their beginnings. */
final class OneTwoFiveAxis extends LogAxis {
    private static final long serialVersionUID = 1L;

    private static final double SMALLEST = 1e-6;
    private static final double MOST_DECADES_IN_STEPS = 4;
    private static final double ROUNDING = 1e-9;

    OneTwoFiveAxis(String label) {
        super(label);
        setSmallestValue(SMALLEST);
    }

    @Override
    protected List<NumberTick> refreshTicksVertical(Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
        double low = getRange().getLowerBound();
        double high = getRange().getUpperBound();
        DecimalFormat format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        List<NumberTick> ticks = new ArrayList<>();
        boolean wide = Math.log10(high / low) > MOST_DECADES_IN_STEPS;
        for (int decade = (int) Math.floor(Math.log10(low)); Math.pow(10, decade) <= high; decade++) {
            for (int digit : wide ? new int[] {1} : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, decade);
                if (value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING)) {
                    ticks.add(
                            new NumberTick(value, format.format(value), TextAnchor.CENTER_RIGHT, TextAnchor.CENTER, 0));
                }
            }
        }
        return ticks;
    }
}
