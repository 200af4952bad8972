package dev.step.shell.client;

/** Knows where to log in, and as whom. */
@FunctionalInterface
public interface AccountSource {
    /** Asked before each connection is made: the server may have moved meanwhile. */
    Account account() throws ClientException;
}
