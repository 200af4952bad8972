package dev.step.daemon.request;

import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The uploads that a connection has announced itself. A block without an upload id is meant for the one that its own
 * connection announced, not for another that has taken its place since. For the connection's own thread.
 */
public final class OwnUploads {
    /** Of a connection with more announced at once, the oldest are taken for those of another. */
    private static final int MOST = 1_000;

    private final Map<Target, String> ids = new LinkedHashMap<>();

    /** The connection has announced an upload. */
    void add(UserName user, Key key, String id) {
        Target target = new Target(user, key);
        ids.remove(target);
        ids.put(target, id);
        if (ids.size() > MOST) {
            ids.remove(ids.keySet().iterator().next());
        }
    }

    /** The upload that this connection announced last of this key. */
    Optional<String> find(UserName user, Key key) {
        return Optional.ofNullable(ids.get(new Target(user, key)));
    }

    private record Target(UserName user, Key key) {}
}
