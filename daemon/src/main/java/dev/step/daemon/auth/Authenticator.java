package dev.step.daemon.auth;

import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Login;
import java.net.InetAddress;

/** Turns a login into a token, and a token into the user it was given to. Safe for any number of threads. */
public interface Authenticator {
    /**
     * A token for somebody who knows the password.
     *
     * @param from where the client is
     * @throws RefusedException 401 for a wrong password, 410 for an impossible user name, 429 after too many failures
     */
    String login(Login login, InetAddress from) throws RefusedException;

    /**
     * Who a token was given to.
     *
     * @param last the one that the same client has shown before, to be asked whether this is it
     * @throws RefusedException 403 when it is not one of ours, or expired
     */
    Caller caller(String token, ShownToken last) throws RefusedException;
}
