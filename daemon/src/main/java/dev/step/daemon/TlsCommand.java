package dev.step.daemon;

import dev.step.daemon.tls.SelfSigned;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code step-server tls}: the certificate that a server shows. A server that is running takes notice at once. */
@Command(
        name = "tls",
        description = "Manages the certificate of a store's server; a running server takes notice at once.",
        mixinStandardHelpOptions = true)
final class TlsCommand {
    private static final String LOCALHOST = "localhost";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            description = "Makes a key and a self-signed certificate, unless there are any, and shows the key's "
                    + "fingerprint: clients show the same when they first come here.",
            mixinStandardHelpOptions = true)
    void init(
            @Mixin StoreOption store,
            @Mixin TlsOptions tls,
            @Option(
                            names = "--host",
                            paramLabel = "NAME",
                            description =
                                    "The server's name or address; may be repeated. Default: this machine's name.")
                    List<String> hosts)
            throws IOException {
        TlsFiles files = files(store, tls);
        if (Files.exists(files.key()) || Files.exists(files.certificate())) {
            throw new IOException("There is a certificate already: " + files.certificate()
                    + ". Clients would refuse another key; remove both files if that is what you want.");
        }
        store.prepare();
        List<String> names = hosts == null ? ownNames() : hosts;
        SelfSigned.write(files, names, Clock.systemUTC());
        show(store, tls);
    }

    private static TlsFiles files(StoreOption store, TlsOptions tls) throws IOException {
        return tls.files(store.folderIfAny())
                .orElseThrow(
                        () -> new IOException(
                                "A certificate has no place in a store that is in no folder: name --tls-certificate and --tls-key"));
    }

    private static List<String> ownNames() {
        try {
            return List.of(InetAddress.getLocalHost().getHostName(), LOCALHOST);
        } catch (UnknownHostException e) { // no resolver knows this machine's name
            return List.of(LOCALHOST);
        }
    }

    @Command(description = "Shows the fingerprint of the server's key.", mixinStandardHelpOptions = true)
    void show(@Mixin StoreOption store, @Mixin TlsOptions tls) throws IOException {
        TlsFiles files = files(store, tls);
        PrintWriter out = spec.commandLine().getOut();
        out.println(ServerTls.of(files.certificate(), files.key()).fingerprint());
        out.flush();
    }
}
