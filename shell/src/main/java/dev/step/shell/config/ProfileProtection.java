package dev.step.shell.config;

import dev.step.shell.client.TlsProtection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How connections to a profile's server are protected.
 *
 * @param when when TLS is spoken; empty: not said
 * @param authorities the PEM file of those who vouch for the server; empty: not said
 */
public record ProfileProtection(Optional<TlsProtection.When> when, Optional<Path> authorities) {}
