package dev.step.daemon.request;

import dev.step.daemon.auth.Authenticator;
import dev.step.protocol.Feature;
import dev.step.protocol.Limits;
import dev.step.protocol.Processor;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.LoggedIn;
import dev.step.protocol.message.Login;
import java.util.Arrays;
import java.util.List;

/** LOGIN: a token, and for a client that names features, ours. */
final class LoginHandler {
    private static final List<String> FEATURES =
            Arrays.stream(Feature.values()).map(Feature::wireName).toList();

    private final Authenticator authenticator;
    private final LoggedIn.ServerInfo server;

    LoginHandler(Authenticator authenticator) {
        this.authenticator = authenticator;
        String version = LoginHandler.class.getPackage().getImplementationVersion();
        this.server = new LoggedIn.ServerInfo(
                "step-server/" + (version == null ? "development" : version),
                FEATURES,
                Limits.MAX_BLOCK_BYTES,
                Processor.cheapestDigest());
    }

    Reply login(Login login, Client client) throws RefusedException {
        String token = authenticator.login(login, client.address());
        client.is(authenticator.caller(token, client.shownToken()));
        LoggedIn answer = new LoggedIn(token, login.features().map(names -> server));
        return new Reply("Login successfully", answer).after(Change.UNNAMED);
    }
}
