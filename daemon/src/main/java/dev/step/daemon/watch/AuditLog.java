package dev.step.daemon.watch;

import dev.step.daemon.request.Change;
import dev.step.daemon.request.ChangeReport;
import dev.step.daemon.request.RequestKind;
import dev.step.daemon.request.RequestObserver;
import dev.step.protocol.Limits;
import dev.step.protocol.Status;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes a line for each request that has changed something, or was refused to. */
public final class AuditLog implements RequestObserver {
    /** Its name, for whoever wants to keep these lines apart. */
    public static final String LOGGER = "audit";

    private final Logger log = LoggerFactory.getLogger(LOGGER);

    @Override
    public void answered(RequestKind kind, Status status, long nanos) {
        // most requests change nothing
    }

    @Override
    public void changed(ChangeReport report) {
        Change change = report.change();
        LoggingEventBuilder line = log.atInfo()
                .addKeyValue("status", report.status().code())
                .addKeyValue("user", atMost(Limits.MAX_USER_BYTES, report.user()))
                .addKeyValue("from", report.from().getHostAddress());
        if (change.key().isPresent()) {
            line = line.addKeyValue("key", change.key().get().text());
        }
        if (change.to().isPresent()) {
            line = line.addKeyValue("to", change.to().get().text());
        }
        if (change.bytes().isPresent()) {
            line = line.addKeyValue("bytes", change.bytes().getAsLong());
        }
        line.addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(report.nanos()))
                .log(report.kind().label());
    }

    /** Who fails to log in may have called itself anything. */
    private static String atMost(int length, String text) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }
}
