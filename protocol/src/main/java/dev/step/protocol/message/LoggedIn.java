package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Answer to LOGIN.
 *
 * @param token what later requests prove themselves with
 * @param server what the server can do; empty from an old server, and to an old client
 */
public record LoggedIn(String token, Optional<ServerInfo> server) implements Answer {
    /**
     * What a server tells a client that named its features.
     *
     * @param name {@code step-server/VERSION}
     * @param maxBlockSize the largest block size that may be asked for, in bytes
     * @param preferredDigest the digest that costs it least
     */
    public record ServerInfo(String name, List<String> features, int maxBlockSize, DigestAlgorithm preferredDigest) {}

    public static LoggedIn read(Fields fields) throws RefusedException {
        String token = fields.text(Field.TOKEN);
        Optional<List<String>> features = fields.optionalTexts(Field.FEATURES);
        if (features.isEmpty()) {
            return new LoggedIn(token, Optional.empty());
        }
        int maxBlockSize = fields.optionalSmallNumber(Field.MAX_BLOCK_SIZE).orElse(Limits.DEFAULT_BLOCK_BYTES);
        return new LoggedIn(
                token,
                Optional.of(new ServerInfo(
                        fields.optionalText(Field.SERVER).orElse(""),
                        features.get(),
                        Math.max(1, Math.min(maxBlockSize, Limits.MAX_BLOCK_BYTES)),
                        fields.optionalText(Field.PREFERRED_DIGEST)
                                .flatMap(DigestAlgorithm::named)
                                .orElse(DigestAlgorithm.MD5))));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.TOKEN, token);
        server.ifPresent(info -> {
            JsonArray features = new JsonArray();
            info.features().forEach(features::add);
            fields.addProperty(Field.SERVER, info.name());
            fields.add(Field.FEATURES, features);
            fields.addProperty(Field.MAX_BLOCK_SIZE, info.maxBlockSize());
            fields.addProperty(Field.PREFERRED_DIGEST, info.preferredDigest().wireName());
        });
    }

    @Override
    public String toString() {
        return "LoggedIn[token=***, server=" + server + "]";
    }
}
