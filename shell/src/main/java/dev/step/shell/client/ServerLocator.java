package dev.step.shell.client;

import java.io.Closeable;

/** Knows which server to use. It may have to start it first. */
@FunctionalInterface
public interface ServerLocator extends Closeable {
    /** Asked whenever a connection is to be made: the server may have moved meanwhile. */
    Target locate() throws ClientException;

    /** The shell needs the server no longer. */
    @Override
    default void close() {}
}
