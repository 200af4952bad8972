package dev.step.shell.client;

import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Feature;
import dev.step.protocol.Processor;

/** By which digest the user wants contents to be compared with the server's. */
public enum DigestPreference {
    /** By SHA-256 where that costs both ends least, else by MD5. */
    AUTO,
    /** By the core's, which every server has. */
    MD5,
    /** By SHA-256, where the server knows it. */
    SHA_256;

    /** What it comes to with a session. */
    DigestAlgorithm at(Session session) {
        boolean possible = session.offers(Feature.DIGEST);
        boolean wanted =
                switch (this) {
                    case AUTO -> isPreferredBy(session) && Processor.cheapestDigest() == DigestAlgorithm.SHA_256;
                    case MD5 -> false;
                    case SHA_256 -> true;
                };
        return possible && wanted ? DigestAlgorithm.SHA_256 : DigestAlgorithm.MD5;
    }

    private static boolean isPreferredBy(Session session) {
        return session.server()
                .filter(info -> info.preferredDigest() == DigestAlgorithm.SHA_256)
                .isPresent();
    }
}
