package dev.step.shell.bench;

/** A bar of block characters, eight steps to each. */
final class Bar {
    private static final String PARTS = " ▏▎▍▌▋▊▉";
    private static final char FULL = '█';
    private static final int STEPS = PARTS.length();

    private Bar() {}

    /** As long as the value's share of the largest, without trailing blanks; what is not nothing can be seen. */
    static String of(double value, double largest, int columns) {
        long steps = largest > 0 ? Math.round(Math.min(1, value / largest) * columns * STEPS) : 0;
        long shown = value > 0 ? Math.max(1, steps) : 0;
        String full = String.valueOf(FULL).repeat((int) (shown / STEPS));
        int rest = (int) (shown % STEPS);
        return rest == 0 ? full : full + PARTS.charAt(rest);
    }
}
