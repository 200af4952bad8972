package dev.step.shell.client;

import dev.step.protocol.HostAndPort;

/**
 * Who logs in, and where.
 *
 * @param password as text; it travels as its MD5
 */
public record Account(HostAndPort address, String user, String password) {
    @Override
    public String toString() {
        return "Account[address=" + address + ", user=" + user + ", password=***]";
    }
}
