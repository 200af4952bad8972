package dev.step.shell.bench;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A local folder for as long as a run takes, with the files that are sent and those that are fetched. */
final class Workspace implements AutoCloseable {
    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the files that the plan sends.
     *
     * @param session may be cancelled meanwhile
     * @param parent where the folder is to lie
     */
    static Workspace make(BenchPlan plan, Session session, Path parent) throws ClientException {
        Path folder = parent;
        try {
            long available = Files.getFileStore(parent).getUsableSpace();
            if (available < plan.localBytes()) {
                throw new ClientException(
                        Problem.LOCAL_FILE,
                        "the files to send and to fetch need " + ByteSize.of(plan.localBytes()) + " in " + parent
                                + ", where there is less; name smaller --sizes or fewer --clients");
            }
            folder = Files.createTempDirectory(parent, "step-bench-");
        } catch (IOException e) {
            throw ClientException.local(folder, e);
        }
        Workspace workspace = new Workspace(folder);
        try {
            workspace.fill(plan, session);
            return workspace;
        } catch (ClientException e) {
            workspace.close();
            throw e;
        }
    }

    private void fill(BenchPlan plan, Session session) throws ClientException {
        List<Payload> payloads =
                plan.cases().stream().map(BenchCase::payload).distinct().toList();
        for (Payload payload : payloads) {
            session.checkCancelled();
            Path file = file(payload);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                SampleContent.write(payload, plan.seed(), out);
            } catch (IOException e) {
                throw ClientException.local(file, e);
            }
        }
    }

    /** The file that holds this. */
    Path file(Payload payload) {
        return folder.resolve(payload.size() + "." + payload.kind().userName());
    }

    /** Where one of several clients puts what it fetches. */
    Path target(int client) {
        return folder.resolve("fetched-" + client);
    }

    /** Takes away what was fetched. */
    void discard(Path target) throws ClientException {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw ClientException.local(target, e);
        }
    }

    /** Everything goes. */
    @Override
    public void close() throws ClientException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw ClientException.local(folder, e);
        }
    }
}
