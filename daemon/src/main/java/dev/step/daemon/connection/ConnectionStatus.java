package dev.step.daemon.connection;

import dev.step.protocol.message.Request;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * What one connection is doing.
 *
 * @param id names it while the server runs
 * @param user who has logged in; empty: nobody
 * @param since when it was accepted
 * @param transfer the last block that it has sent or fetched
 */
public record ConnectionStatus(
        long id,
        Optional<String> user,
        InetAddress address,
        boolean encrypted,
        Instant since,
        Flow received,
        Flow sent,
        Optional<Request.OfFile> transfer) {}
