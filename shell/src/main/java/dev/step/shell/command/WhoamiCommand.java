package dev.step.shell.command;

import dev.step.protocol.message.AccountStatus;
import dev.step.protocol.message.LoggedIn.ServerInfo;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteAccount;
import dev.step.shell.client.Session;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class WhoamiCommand implements ShellCommand {
    private final ShellContext context;

    WhoamiCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Show who is logged in, where, and what they have there.")
                .customSynopsis("whoami");
    }

    @Override
    public ExitStatus run() throws ClientException {
        Session session = context.session();
        String server = session.server().map(ServerInfo::name).orElse("an old server");
        Facts facts = Facts.of("user", session.user())
                .and("address", session.address().toString())
                .and("server", server);
        Optional<AccountStatus> account = new RemoteAccount(session).status();
        account.ifPresent(status -> Allowance.add(status, facts));
        String allowance = account.map(status -> "  " + Allowance.words(status)).orElse("");
        context.output().answer(session.user() + "  " + session.address() + "  " + server + allowance, facts);
        return ExitStatus.OK;
    }
}
