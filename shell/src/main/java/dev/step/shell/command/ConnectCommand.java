package dev.step.shell.command;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.ClientException;
import picocli.CommandLine.Model.CommandSpec;

final class ConnectCommand implements ShellCommand {
    private static final String USUAL = "localhost";

    private final ShellContext context;

    private final Single<String> address = Single.operand(String.class, "HOST[:PORT]", "default: " + USUAL);

    ConnectCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Choose a server.", "The next command that needs one logs in.")
                .customSynopsis("connect [HOST[:PORT]]")
                .footer("  connect files.example.org", "  connect [::1]:1379");
        Argument.addAll(spec, address);
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
            return HostAndPort.parse(address.value().orElse(USUAL));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
