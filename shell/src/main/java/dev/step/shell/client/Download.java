package dev.step.shell.client;

import dev.step.protocol.message.DownloadPlan;
import java.io.IOException;

/**
 * One file on its way here, over as many connections as it takes. In each round, what is not here yet is asked for; a round
 * fails when no connection is left, and is followed by another one. {@link Upload}'s twin.
 */
final class Download {
    private final Pace pace;
    private final Session session;
    private final DownloadPlan file;
    private final Windows windows;
    private final Meter meter;
    private final Patience patience;

    /** Has asked for nothing yet. */
    Download(Pace pace, DownloadPlan file, Windows windows, Meter meter) {
        this.pace = pace;
        this.session = pace.session();
        this.file = file;
        this.windows = windows;
        this.meter = meter;
        this.patience = new Patience(session, file.version().isPresent());
    }

    DownloadPlan file() {
        return file;
    }

    /**
     * Fetches everything from this block on.
     *
     * @throws IOException when the file cannot be written
     */
    void run(int first, BlockWriter writer) throws IOException, ClientException {
        ArrivingBlocks blocks = new ArrivingBlocks(writer, first, file.blocks().totalBlocks(), windows::ahead);
        while (!blocks.areAllHere()) {
            try {
                blocks.begin();
                long bytes = (long) blocks.missing() * file.blocks().blockSize();
                Growth growth = pace.growth(bytes, file.version().isPresent());
                new Lanes(pace.openings(), growth, meter, lane -> fetchOn(lane, blocks), blocks::end).run(bytes);
            } catch (ConnectionLostException e) {
                failed(ClientException.lost(e));
            } catch (ClientException e) {
                failed(e);
            }
        }
    }

    private void fetchOn(Lanes.Lane lane, ArrivingBlocks blocks) throws IOException, ClientException {
        new BlockFetcher(pace, lane, this, blocks, windows.open()).fetch();
    }

    private void failed(ClientException reason) throws ClientException {
        session.drop();
        pace.forgetGrowth();
        patience.failed(reason);
    }

    /** So many more bytes are here; for several threads. */
    synchronized void moved(int bytes) {
        meter.moved(bytes);
        patience.renew();
    }
}
