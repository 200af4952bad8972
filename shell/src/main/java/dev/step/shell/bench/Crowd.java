package dev.step.shell.bench;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Several clients, each with a session and a thread of its own, who start the same thing at the same moment. */
final class Crowd implements AutoCloseable {
    private final Session first;
    private final List<Session> sessions = new ArrayList<>();

    /** What each does. */
    interface Part {
        /** In nanoseconds. */
        long run(Session session, int client) throws ClientException;
    }

    /** A crowd of the user of this session, who does not take part. */
    Crowd(Session first) {
        this.first = first;
    }

    /** Each client's time, in nanoseconds. Those who are not logged in yet are before it starts. */
    List<Long> run(int clients, Part part) throws ClientException {
        while (sessions.size() < clients) {
            sessions.add(first.another());
        }
        long[] nanos = new long[clients];
        AtomicReference<@Nullable ClientException> failure = new AtomicReference<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int number = client;
            Thread thread = new Thread(
                    () -> {
                        try {
                            await(start);
                            nanos[number] = part.run(sessions.get(number), number);
                        } catch (ClientException e) {
                            failure.compareAndSet(null, e);
                        }
                    },
                    "bench-client-" + client);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            join(thread);
        }
        ClientException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
        return Arrays.stream(nanos).boxed().toList();
    }

    private static void await(CountDownLatch start) throws ClientException {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "interrupted");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the shell's thread", e);
        }
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        sessions.clear();
    }
}
