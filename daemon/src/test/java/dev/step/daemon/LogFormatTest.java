package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's log, as its own configuration writes it. */
final class LogFormatTest {
    private static final Pattern BEGINS_AN_ENTRY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
    private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  Session - all is well";

    private final LoggerContext context = new LoggerContext();
    private Logger root;

    @BeforeEach
    void configure() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("logback-server.xml"));
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\f", "\u0000", "\u001b[2K", "\u202e"
            })
    void nothingThatClientsSendBeginsALine(String trick) {
        String hostile = "a key" + trick + FORGED;
        IOException failure = new IOException(hostile, new IllegalStateException(hostile));
        failure.addSuppressed(new IOException(hostile));
        String written = written(hostile, failure);
        List<String> entries = written.lines()
                .filter(line -> BEGINS_AN_ENTRY.matcher(line).matches())
                .toList();
        assertEquals(1, entries.size(), written);
        assertTrue(entries.get(0).contains("a key"), written);
        assertFalse(
                Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]")
                        .matcher(written)
                        .find(),
                written);
        assertEquals(3, written.split("Exception: a key", -1).length - 1, "each exception once: " + written);
    }

    @Test
    void entryWithoutAnExceptionIsOneLine() {
        assertEquals(1, written("all is well", null).lines().count());
    }

    private String written(String message, Exception failure) {
        LoggingEvent event = new LoggingEvent("caller", root, Level.ERROR, message, failure, null);
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
