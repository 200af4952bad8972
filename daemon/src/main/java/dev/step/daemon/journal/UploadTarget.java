package dev.step.daemon.journal;

import dev.step.protocol.Key;
import dev.step.protocol.UserName;

/**
 * Where an upload will be published.
 *
 * @param replace whether a complete file of this key may be replaced
 */
public record UploadTarget(UserName user, Key key, boolean replace) {}
