package dev.step.shell.bench.report;

import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every colour of a chart, on light and on dark paper. */
enum Palette {
    PAPER(0xfefefe, 0x14181f),
    INK(0x1f2933, 0xe6e9ee),
    MUTED(0x52606d, 0xa9b4c0),
    GRID(0xe1e5ea, 0x2f3742),
    PUBLISHED(0x7b8794, 0x8894a3),
    FIRST(0x2563eb, 0x6ea8fe),
    SECOND(0xd9480f, 0xff9a57),
    THIRD(0x0f7b6c, 0x38d3b8),
    FOURTH(0xa21caf, 0xe58af0),
    FIFTH(0x5a7d0c, 0xa9d73a),
    SIXTH(0xb4232f, 0xff8087);

    private static final Palette[] CURVES = {FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH};

    private final int light;
    private final int dark;

    Palette(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The colour of one of several curves. */
    static Palette curve(int index) {
        return CURVES[index % CURVES.length];
    }

    Color light() {
        return new Color(light);
    }

    /** The name of the CSS variable that holds it. */
    String variable() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** What stands for it in a picture that follows the reader's choice of light or dark. */
    String css() {
        return "var(" + variable() + ")";
    }

    /** The variables' values, as the reader prefers it. */
    static String styles() {
        return ":root{color-scheme:light dark;" + values(false) + "}\n@media (prefers-color-scheme:dark){:root{"
                + values(true) + "}}\n";
    }

    private static String values(boolean dark) {
        return Arrays.stream(values())
                .map(color -> color.variable() + ":" + hex(dark ? color.dark : color.light))
                .collect(Collectors.joining(";"));
    }

    private static String hex(int color) {
        return String.format(Locale.ROOT, "#%06x", color);
    }
}
