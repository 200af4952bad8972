package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.message.DownloadPlan;
import java.util.List;
import java.util.Optional;

/**
 * A finished file as the server describes it.
 *
 * @param size in bytes
 */
public record RemoteFile(Key key, long size, Digest digest) {
    /** What the plan says, with this digest. */
    static RemoteFile of(DownloadPlan plan, DigestAlgorithm algorithm) throws ClientException {
        Digest digest = find(plan.digests(), algorithm)
                .orElseThrow(() -> ClientException.badAnswer("the plan has no " + algorithm));
        return new RemoteFile(plan.key(), plan.blocks().size(), digest);
    }

    static Optional<Digest> find(List<Digest> digests, DigestAlgorithm algorithm) {
        return digests.stream()
                .filter(digest -> digest.algorithm() == algorithm)
                .findFirst();
    }

    boolean isSameAs(long otherSize, Digest other) {
        return size == otherSize && digest.equals(other);
    }
}
