package dev.step.daemon.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long somebody who keeps failing has to wait: not at all for the first failures, then longer after each. Failures
 * are forgiven one by one as time passes. Safe for any number of threads.
 */
final class Backoff<K> {
    /** Who failed longest ago is forgotten beyond this. One takes some 150 bytes. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final int MAX_DOUBLINGS = 20;

    private final Rule rule;
    private final Clock clock;
    private final Map<K, Failures> failures = new LinkedHashMap<>();

    Backoff(Rule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /** How long this one has to wait before the next try; empty if not at all. */
    synchronized Optional<Duration> wait(K who) {
        Failures known = failures.get(who);
        long left = known == null ? 0 : known.blockedUntilMillis - clock.millis();
        return left <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left));
    }

    /** Notes a failure. */
    synchronized void failed(K who) {
        long now = clock.millis();
        double count = remaining(failures.remove(who), now) + 1; // put again below, as the youngest
        long blockedUntil = count <= rule.free ? now : now + delayMillis(count - rule.free);
        failures.put(who, new Failures(count, now, blockedUntil));
        if (failures.size() > MAX_REMEMBERED) {
            Iterator<K> eldest = failures.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Forgets the failures of one who has shown to be no guesser. */
    synchronized void succeeded(K who) {
        failures.remove(who);
    }

    private double remaining(@Nullable Failures known, long now) {
        if (known == null) {
            return 0;
        }
        double forgiven = (double) (now - known.lastMillis) / rule.forgivenEvery.toMillis();
        return Math.max(0, known.count - Math.max(0, forgiven));
    }

    private long delayMillis(double beyondFree) {
        int doublings = (int) Math.min(MAX_DOUBLINGS, Math.ceil(beyondFree) - 1);
        return Math.min(
                rule.longest.toMillis(), Duration.ofSeconds(1L << doublings).toMillis());
    }

    /**
     * What failures cost.
     *
     * @param free how many cost nothing; the next costs 1 s, and each one more twice as much
     * @param forgivenEvery how long it takes until one is forgiven
     * @param longest the longest wait
     */
    record Rule(int free, Duration forgivenEvery, Duration longest) {}

    private record Failures(double count, long lastMillis, long blockedUntilMillis) {}
}
