package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Key;

/** What must never be sent to an old server, because it would hang or write where it should not. */
final class OldServers {
    private OldServers() {}

    /** Checks a key that a request is to carry. */
    static void checkKey(Session session, Key key) throws ClientException {
        if (session.server().isEmpty() && key.text().contains("/")) {
            throw unsupported(session, "cannot keep the key " + key + ": it would break on the slash");
        }
    }

    /** Checks the size of a file to be sent, in bytes. */
    static void checkSize(Session session, long size) throws ClientException {
        if (size == 0 && !session.offers(Feature.EMPTY)) {
            throw unsupported(session, "cannot keep an empty file");
        }
    }

    /** Checks that the server knows how to list. */
    static void checkList(Session session) throws ClientException {
        if (!session.offers(Feature.LIST)) {
            throw unsupported(session, "cannot list what it keeps; name the keys");
        }
    }

    /** Checks that the server keeps unfinished uploads and tells about them. */
    static void checkUploads(Session session) throws ClientException {
        if (!session.offers(Feature.STATUS) || !session.offers(Feature.REPLACE)) {
            throw unsupported(session, "cannot tell about unfinished uploads");
        }
    }

    /** Checks whether other content under a key may be replaced, and can be. */
    static void checkReplace(Session session, Key key, boolean wanted) throws ClientException {
        boolean possible = session.offers(Feature.REPLACE);
        if (!wanted || !possible) {
            String first = possible ? "--replace replaces it" : "this server cannot replace: rm it first";
            throw new ClientException(
                    Problem.EXISTS,
                    "key " + key + " exists on the server with other content; " + first + ", or put under another key");
        }
    }

    /** Checks that the server can give files other keys. */
    static void checkMove(Session session) throws ClientException {
        if (!session.offers(Feature.MOVE)) {
            throw unsupported(session, "cannot move or copy what it keeps; get it and put it under the other key");
        }
    }

    /** Checks that the server can read its own files again. */
    static void checkStatus(Session session) throws ClientException {
        if (!session.offers(Feature.STATUS)) {
            throw unsupported(session, "cannot read its files again; verify without --remote");
        }
    }

    private static ClientException unsupported(Session session, String what) {
        return new ClientException(
                Problem.UNSUPPORTED, "the server at " + session.address() + " is an old one and " + what);
    }
}
