package dev.step.daemon.request;

import dev.step.protocol.Status;
import java.net.InetAddress;

/**
 * Who changed what, or was refused to, and how it went.
 *
 * @param user who asked, or tried to log in; empty when nobody has shown who it is, and also a user's name
 * @param from where the client is
 * @param nanos as in {@link RequestObserver#answered}
 */
public record ChangeReport(RequestKind kind, Status status, String user, InetAddress from, Change change, long nanos) {}
