package dev.step.daemon.watch;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.step.daemon.journal.ShownText;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * {@code %fields} in logback's patterns: what a line says as pairs, as {@code key=value}, each after a space. A value that
 * has a space, a quote, an equals sign or something unprintable is in quotes, so that nobody can forge another pair.
 */
public final class FieldsConverter extends ClassicConverter {
    private static final String QUOTE = "\"";

    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (KeyValuePair pair : pairs) {
            text.append(' ').append(pair.key).append('=').append(shown(String.valueOf(pair.value)));
        }
        return text.toString();
    }

    private static String shown(String value) {
        String shown = ShownText.of(value);
        return shown.contains("=") && !shown.startsWith(QUOTE) ? QUOTE + shown + QUOTE : shown;
    }
}
