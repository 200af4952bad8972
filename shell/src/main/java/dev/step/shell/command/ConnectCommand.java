package dev.step.shell.command;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.ClientException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "connect",
        description = {"Choose a server.", "The next command that needs one logs in."},
        customSynopsis = "connect [HOST[:PORT]]",
        footer = {"  connect files.example.org", "  connect [::1]:1379"})
final class ConnectCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "HOST[:PORT]", description = "default: ${DEFAULT-VALUE}")
    private String address = "localhost";

    ConnectCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        HostAndPort wanted = wanted();
        context.connector().connect(wanted);
        context.output()
                .changed(
                        "connected to " + wanted,
                        Facts.of("address", wanted.toString()).and("result", "connected"));
        return ExitStatus.OK;
    }

    private HostAndPort wanted() throws UsageException {
        try {
            return HostAndPort.parse(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
