package dev.step.daemon.connection;

/**
 * What has gone one way through a connection.
 *
 * @param bytes so far, of messages, before TLS
 * @param bytesPerSecond over the last second or so
 */
public record Flow(long bytes, long bytesPerSecond) {}
