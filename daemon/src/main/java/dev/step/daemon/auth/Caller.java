package dev.step.daemon.auth;

import dev.step.protocol.UserName;
import java.time.Instant;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param extended whether the login named features: the caller knows the extensions' statuses
 * @param tokenExpires until when the token that showed it is good; empty: for ever
 */
public record Caller(UserName user, boolean extended, Optional<Instant> tokenExpires) {}
