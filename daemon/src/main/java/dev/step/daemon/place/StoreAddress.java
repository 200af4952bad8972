package dev.step.daemon.place;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store's place as the admin names it, when it is no folder.
 *
 * @param text {@code SCHEME://} and what only those who know the scheme understand
 * @param bucket how to reach the object storage, if that is what it is
 */
public record StoreAddress(String text, BucketAccess bucket) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9+.-]*)://.*");

    /**
     * How to reach an object storage.
     *
     * @param endpoint where it is; empty: where the environment says, else where the region is
     * @param region which one; empty: what the environment says
     * @param pathStyle whether the bucket is named in the path, instead of in the host's name
     */
    public record BucketAccess(Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {}

    /** What a text begins with that names no folder; empty when it does. */
    public static Optional<String> schemeOf(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What the text begins with. */
    public String scheme() {
        return schemeOf(text).orElseThrow(() -> new IllegalArgumentException("a folder: " + text));
    }
}
