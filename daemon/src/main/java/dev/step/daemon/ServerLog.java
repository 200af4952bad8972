package dev.step.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.step.daemon.watch.AsciiJsonEncoder;
import dev.step.daemon.watch.AuditLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where the server's log goes. A program that starts a {@link StepServer} of its own decides for itself. */
final class ServerLog {
    private static final String CONFIGURATION_FILE = "logback.configurationFile";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    /** An audit log has these lines alone: what they say is in their fields, which cannot be forged. */
    private static final String AUDIT_LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %msg%fields%n";

    private static final FileAttribute<?> AUDIT_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final boolean isAdmins;
    private final boolean isJournal;
    private final LoggerContext context;
    /** How lines are written to begin with; null before it was asked for. */
    private @Nullable Encoder<ILoggingEvent> text;

    private @Nullable FileAppender<ILoggingEvent> audit;

    private ServerLog(boolean isAdmins, boolean isJournal) {
        this.isAdmins = isAdmins;
        this.isJournal = isJournal;
        this.context = (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /** Logs to standard error, unless the admin named a logback file. Before the first logger is asked for. */
    static ServerLog configure() {
        boolean isAdmins = System.getProperty(CONFIGURATION_FILE) != null;
        boolean isJournal = isJournal();
        if (!isAdmins) {
            System.setProperty(
                    CONFIGURATION_FILE,
                    "dev/step/daemon/" + (isJournal ? "logback-journal.xml" : "logback-server.xml"));
        }
        return new ServerLog(isAdmins, isJournal);
    }

    /**
     * Logs as these options say from now on, and opens the audit log again, which may have been moved away. A logback file of
     * the admin's own decides for itself.
     *
     * @throws IOException in words for the admin, when the audit log cannot be written; then nothing has changed
     */
    void apply(LogOptions options) throws IOException {
        if (isAdmins) {
            return;
        }
        if (text == null) {
            text = standardError().getEncoder();
        }
        boolean json = options.format() == LogOptions.Format.json;
        openAudit(options.auditLog(), json);
        standardError().setEncoder(json ? started(new AsciiJsonEncoder(isJournal)) : text);
        root().setLevel(Level.valueOf(options.level().name()));
    }

    private void openAudit(Optional<Path> file, boolean json) throws IOException {
        if (file.isPresent()) {
            makeIfMissing(file.get());
        }
        Encoder<ILoggingEvent> encoder = json ? started(new AsciiJsonEncoder(false)) : auditLines();
        FileAppender<ILoggingEvent> before = audit;
        if (before != null && file.isPresent() && file.get().toString().equals(before.getFile())) {
            before.openFile(before.getFile());
            before.setEncoder(encoder);
            return;
        }
        Logger logger = context.getLogger(AuditLog.LOGGER);
        FileAppender<ILoggingEvent> now = file.isPresent() ? auditAppender(file.get(), encoder) : null;
        if (now != null) {
            logger.addAppender(now);
        }
        logger.setAdditive(now == null);
        logger.setLevel(now == null ? null : Level.INFO); // null: as the log
        audit = now;
        if (before != null) {
            logger.detachAppender(before);
            before.stop();
        }
    }

    private FileAppender<ILoggingEvent> auditAppender(Path file, Encoder<ILoggingEvent> encoder) throws IOException {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName(AuditLog.LOGGER);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        if (!appender.isStarted()) {
            throw new IOException("The audit log " + file + " cannot be written");
        }
        return appender;
    }

    private Encoder<ILoggingEvent> auditLines() {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setPattern(AUDIT_LINE);
        return started(lines);
    }

    private Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    /** It tells who has which files: that is not for everybody. */
    private static void makeIfMissing(Path file) throws IOException {
        Set<StandardOpenOption> appending = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (FileChannel made = FileChannel.open(file, appending, AUDIT_MODE)) {
            made.size();
        } catch (IOException e) {
            throw new IOException("The audit log cannot be written: " + ServerMain.words(e), e);
        }
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private OutputStreamAppender<ILoggingEvent> standardError() {
        return (OutputStreamAppender<ILoggingEvent>) root().getAppender("stderr");
    }

    /** Whether standard error is systemd's journal, which knows the time and wants to know the level of each line. */
    private static boolean isJournal() {
        try {
            String place = Files.getAttribute(STANDARD_ERROR, "unix:dev") + ":"
                    + Files.getAttribute(STANDARD_ERROR, "unix:ino");
            return place.equals(System.getenv("JOURNAL_STREAM"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // no system that has a journal
        }
    }
}
