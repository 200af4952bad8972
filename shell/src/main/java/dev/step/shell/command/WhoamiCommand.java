package dev.step.shell.command;

import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import picocli.CommandLine.Command;

@Command(name = "whoami", description = "Show who is logged in, and where.", customSynopsis = "whoami")
final class WhoamiCommand implements ShellCommand {
    private final ShellContext context;

    WhoamiCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException {
        Session session = context.session();
        String server = session.server().map(ServerInfo::name).orElse("an old server");
        context.output()
                .answer(
                        session.user() + "  " + session.address() + "  " + server,
                        Facts.of("user", session.user())
                                .and("address", session.address().toString())
                                .and("server", server));
        return ExitStatus.OK;
    }
}
