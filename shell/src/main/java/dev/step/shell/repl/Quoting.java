package dev.step.shell.repl;

/** Writes a name so that {@link LineSplitter} reads it back as it is. */
final class Quoting {
    private static final String SPECIAL = " \t\\'\";#*?[]{}~";

    private Quoting() {}

    /**
     * The name as a word, or the beginning of one.
     *
     * @param quote the quote to write it in; 0: with backslashes
     * @param complete whether the word ends here
     */
    static String quote(String name, char quote, boolean complete) {
        return switch (quote) {
            case '"' -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + (complete ? "\"" : "");
            case '\'' -> name.indexOf('\'') >= 0 ? escape(name) : "'" + name + (complete ? "'" : "");
            default -> escape(name);
        };
    }

    private static String escape(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean first = i == 0;
            if (SPECIAL.indexOf(c) >= 0 && !(c == '#' && !first)) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
