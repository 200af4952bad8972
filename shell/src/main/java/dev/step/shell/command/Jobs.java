package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Transfers of one command, several at once: one on the shell's own session and thread, the others each on a session and a
 * thread of theirs. One that fails does not keep the others from being tried.
 */
final class Jobs {
    private final ShellContext context;
    private final List<FilePair> pairs;
    private final Failures failures;
    private final Function<Session, Worker> workers;
    private final AtomicInteger next = new AtomicInteger();

    /** What transfers files on one session, one after the other or several ahead. */
    interface Worker {
        /**
         * Transfers a file, or begins to.
         *
         * @param leftOver is told, at once or later, if the file has to be transferred alone
         */
        void transfer(FilePair pair, LeftOver leftOver) throws ClientException;

        /** Brings to its end what was begun. */
        void finish();

        /** Transfers a file that was left over. */
        void transferAlone(FilePair pair) throws ClientException;
    }

    /** One of the files of a worker, which may be left over. */
    static final class LeftOver {
        private final int index;
        private final List<Integer> all;

        private LeftOver(int index, List<Integer> all) {
            this.index = index;
            this.all = all;
        }

        void add() {
            all.add(index);
        }
    }

    /**
     * Transfers that are not begun yet.
     *
     * @param failures what went wrong so far
     * @param workers makes what transfers files on a session
     */
    Jobs(ShellContext context, List<FilePair> pairs, Failures failures, Function<Session, Worker> workers) {
        this.context = context;
        this.pairs = pairs;
        this.failures = failures;
        this.workers = workers;
    }

    /** Does them all, as long as there is hope. The status is that of the first pair that failed. */
    ExitStatus run(int jobs) throws ClientException {
        context.progress().expectFiles(pairs.size());
        Session session = context.session();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(jobs, pairs.size()); i++) {
            Thread thread = new Thread(() -> workOnAnother(session), "job-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        workOn(session);
        for (Thread thread : threads) {
            join(thread);
        }
        return failures.first();
    }

    private void workOnAnother(Session session) {
        try (Session another = session.another()) {
            workOn(another);
        } catch (ClientException e) {
            return; // the server wants no more connections: those that are there do all
        }
    }

    private void workOn(Session session) {
        Worker worker = workers.apply(session);
        List<Integer> leftOver = new ArrayList<>();
        for (int i = next.getAndIncrement(); i < pairs.size() && failures.leaveHope(); i = next.getAndIncrement()) {
            begin(worker, i, new LeftOver(i, leftOver));
        }
        worker.finish();
        for (int index : leftOver) {
            if (failures.leaveHope()) {
                transferAlone(worker, index);
            }
        }
    }

    private void begin(Worker worker, int index, LeftOver leftOver) {
        try {
            worker.transfer(pairs.get(index), leftOver);
        } catch (ClientException e) {
            failures.add(index, pairs.get(index).facts(), e);
        }
    }

    private void transferAlone(Worker worker, int index) {
        try {
            worker.transferAlone(pairs.get(index));
        } catch (ClientException e) {
            failures.add(index, pairs.get(index).facts(), e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the shell's thread", e);
        }
    }
}
