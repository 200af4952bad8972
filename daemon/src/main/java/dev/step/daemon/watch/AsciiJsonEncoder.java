package dev.step.daemon.watch;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Logback's JSON, with every character beyond ASCII as {@code \\uXXXX}: nothing in a line can confuse what shows it, nor end
 * it.
 */
public final class AsciiJsonEncoder extends JsonEncoder {
    private static final char LAST_ASCII = 0x7e;
    private static final Map<String, String> JOURNAL_PRIORITIES =
            Map.of("ERROR", "<3>", "WARN", "<4>", "INFO", "<6>", "DEBUG", "<7>", "TRACE", "<7>");

    private final boolean forJournal;

    /** @param forJournal whether to say each line's priority in front of it, which systemd's journal takes away */
    public AsciiJsonEncoder(boolean forJournal) {
        this.forJournal = forJournal;
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithThreadName(false);
        setWithContext(false);
        setWithMarkers(false);
        setWithMDC(false);
        setWithArguments(false);
        setWithMessage(false);
        setWithFormattedMessage(true);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String json = new String(super.encode(event), StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder(json.length() + 16);
        if (forJournal) {
            line.append(JOURNAL_PRIORITIES.getOrDefault(event.getLevel().toString(), ""));
        }
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c <= LAST_ASCII) {
                line.append(c);
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return line.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
