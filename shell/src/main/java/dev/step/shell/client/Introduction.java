package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.LoggedIn;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SessionStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is said first on a connection: who its user is. By the password; or by the token of an earlier login, which is a
 * question that costs a server less than a password.
 *
 * @param features what the shell knows, which a login names; empty for what the server does for old clients
 */
record Introduction(Account account, Optional<List<String>> features) {
    /** That of this shell, with all that it knows. */
    static Introduction of(Account account) {
        return new Introduction(
                account,
                Optional.of(
                        Arrays.stream(Feature.values()).map(Feature::wireName).toList()));
    }

    /** As an old client: the server cannot tell the difference. */
    Introduction ofCore() {
        return new Introduction(account, Optional.empty());
    }

    /** The same of a user who may have another password now. */
    Introduction with(Account now) {
        return new Introduction(now, features);
    }

    /**
     * Logs in by the password.
     *
     * @throws ClientException when the server refuses that
     */
    LoggedIn byPassword(Connection connection) throws ConnectionLostException, ClientException {
        connection.send(login());
        LoggedIn login = Session.read(accepted(connection.receive()), LoggedIn::read);
        connection.authenticate(login.token());
        return features.isPresent() ? login : new LoggedIn(login.token(), Optional.empty());
    }

    private Login login() {
        return features.isPresent()
                ? Login.withPassword(account.user(), account.password(), features.get())
                : new Login(account.user(), Digest.md5Hex(account.password()), Optional.empty());
    }

    /**
     * Shows the token of an earlier login, and logs in by the password if it is not taken: it may have expired, or the server
     * may be another one behind the same address.
     *
     * @throws ClientException when the server refuses both, or wants no more connections
     */
    LoggedIn byToken(Connection connection, LoggedIn earlier) throws ConnectionLostException, ClientException {
        connection.authenticate(earlier.token());
        connection.send(new SessionStatus());
        Response response = connection.receive();
        if (response.code() == Status.UNAUTHORIZED.code()) {
            return byPassword(connection);
        }
        accepted(response);
        return earlier;
    }

    private Response accepted(Response response) throws ClientException {
        if (!response.isOk()) {
            throw ClientException.loginRefused(account, response);
        }
        return response;
    }
}
