package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import dev.step.shell.client.SmallUploads;
import dev.step.shell.client.Transfer;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.client.Uploader;
import dev.step.shell.progress.Progress;

/** Sends files on one session: small ones several ahead of their answers, the others one by one. */
final class PutWorker implements Jobs.Worker {
    private final ShellContext context;
    private final boolean replace;
    private final Uploader uploader;
    private final SmallUploads smallUploads;

    /**
     * Has sent nothing yet.
     *
     * @param replace whether keys that have other content are replaced
     */
    PutWorker(ShellContext context, Session session, TransferOptions options, boolean replace) {
        this.context = context;
        this.replace = replace;
        this.uploader = new Uploader(session, options);
        this.smallUploads = new SmallUploads(session, options);
    }

    @Override
    public void transfer(FilePair pair, Jobs.LeftOver leftOver) throws ClientException {
        Progress progress = context.progress().startSmall(pair.key().text());
        boolean begun = false;
        boolean failed = true;
        try {
            begun = smallUploads.put(pair.file(), pair.key(), progress, new Ahead(pair, progress, leftOver));
            failed = false;
        } finally {
            if (failed) {
                progress.close();
            }
        }
        if (!begun) {
            progress.leave();
            smallUploads.finish();
            transferAlone(pair);
        }
    }

    @Override
    public void transferAlone(FilePair pair) throws ClientException {
        try (Progress progress = context.progress().start(pair.key().text())) {
            show(pair, uploader.put(pair.file(), pair.key(), replace, progress));
        }
    }

    private void show(FilePair pair, Transfer transfer) {
        context.output().done(new TransferLine(pair, transfer, "sent"));
    }

    @Override
    public void finish() {
        smallUploads.finish();
    }

    /** A file that was sent ahead. */
    private final class Ahead implements SmallUploads.Outcome {
        private final FilePair pair;
        private final Progress progress;
        private final Jobs.LeftOver leftOver;

        Ahead(FilePair pair, Progress progress, Jobs.LeftOver leftOver) {
            this.pair = pair;
            this.progress = progress;
            this.leftOver = leftOver;
        }

        @Override
        public void sent(Transfer transfer) {
            progress.close();
            show(pair, transfer);
        }

        @Override
        public void leftOver() {
            progress.leave();
            leftOver.add();
        }
    }
}
