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
public record RemoteFile(Key key, long size, Digest md5) {
    static RemoteFile of(DownloadPlan plan) throws ClientException {
        Digest md5 = md5(plan.digests()).orElseThrow(() -> ClientException.badAnswer("the plan has no MD5"));
        return new RemoteFile(plan.key(), plan.blocks().size(), md5);
    }

    static Optional<Digest> md5(List<Digest> digests) {
        return digests.stream()
                .filter(digest -> digest.algorithm() == DigestAlgorithm.MD5)
                .findFirst();
    }

    boolean isSameAs(long otherSize, Digest otherMd5) {
        return size == otherSize && md5.equals(otherMd5);
    }
}
