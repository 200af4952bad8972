package dev.step.daemon.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.step.daemon.watch.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers {@code /healthz}, which says that the process runs, and {@code /readyz}, which says whether it can do its work: 503
 * and a line with the reason when not.
 */
final class HealthHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;
    private static final String READY = "ready\n";

    private final Readiness readiness;

    HealthHandler(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/healthz" -> answer(exchange, OK, "alive\n");
                case "/readyz" -> answerReadiness(exchange);
                default -> answer(exchange, NOT_FOUND, "There are /metrics, /healthz and /readyz.\n");
            }
        }
    }

    private void answerReadiness(HttpExchange exchange) throws IOException {
        Optional<String> obstacle = readiness.obstacle();
        if (obstacle.isPresent()) {
            answer(exchange, UNAVAILABLE, "not ready: " + obstacle.get() + "\n");
        } else {
            answer(exchange, OK, READY);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, isHead ? NO_BODY : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }
}
