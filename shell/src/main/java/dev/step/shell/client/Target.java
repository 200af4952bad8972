package dev.step.shell.client;

import java.util.Optional;

/**
 * Which server to use, and as whom.
 *
 * @param password empty: to be asked for
 */
public record Target(Address address, String user, Optional<String> password) {
    public Target withAddress(Address other) {
        return new Target(other, user, Optional.empty());
    }

    public Target withUser(String other) {
        return new Target(address, other, Optional.empty());
    }

    @Override
    public String toString() {
        return "Target[address=" + address + ", user=" + user + ", password=***]";
    }
}
