package dev.step.shell.command;

import dev.step.protocol.Key;

/** A key on the server, and the one that its file is to have. */
record KeyPair(Key from, Key to) {
    Facts facts() {
        return Facts.of("key", from.text()).and("to", to.text());
    }
}
