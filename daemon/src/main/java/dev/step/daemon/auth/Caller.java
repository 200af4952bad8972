package dev.step.daemon.auth;

import dev.step.protocol.UserName;

/**
 * Who sent a request.
 *
 * @param extended whether the login named features: the caller knows the extensions' statuses
 */
public record Caller(UserName user, boolean extended) {}
