package dev.step.daemon;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.daemon.journal.ShownText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A running server's status, as a person reads it. */
final class StatusText {
    private static final List<String> CONNECTION =
            List.of("ID", "USER", "ADDRESS", "TLS", "SINCE", "RECEIVED", "SENT", "TRANSFER");
    private static final List<String> UPLOAD = List.of("USER", "KEY", "SIZE", "MISSING", "SINCE");

    private StatusText() {}

    static void write(JsonObject status, PrintWriter out) {
        String up =
                ShownText.age(Duration.ofSeconds(status.get("uptime_seconds").getAsLong()));
        out.println("step-server " + text(status, "version") + " on Java " + text(status, "java") + ", process "
                + text(status, "pid") + ", listens on " + text(status, "listen") + ", up " + up);
        out.println(status.get("ready").getAsBoolean() ? "Ready" : "Not ready: " + text(status, "obstacle"));
        writeTable("Connections", CONNECTION, status.getAsJsonArray("connections"), StatusText::connection, out);
        writeTable("Uploads in progress", UPLOAD, status.getAsJsonArray("uploads"), StatusText::upload, out);
    }

    private static List<String> connection(JsonObject connection) {
        return List.of(
                text(connection, "id"),
                connection.has("user") ? ShownText.of(text(connection, "user")) : "-",
                text(connection, "address"),
                connection.get("tls").getAsBoolean() ? "yes" : "no",
                text(connection, "since"),
                text(connection, "received_bytes"),
                text(connection, "sent_bytes"),
                connection.has("transfer") ? transfer(connection) : "-");
    }

    private static String transfer(JsonObject connection) {
        JsonObject transfer = connection.getAsJsonObject("transfer");
        String operation = text(transfer, "operation");
        String way = operation.equals("UPLOAD") ? "received" : "sent";
        double megabytes = connection.get(way + "_bytes_per_second").getAsLong() / 1e6;
        return String.format(
                Locale.ROOT,
                "%s %s %.1f MB/s",
                operation.toLowerCase(Locale.ROOT),
                ShownText.of(text(transfer, "key")),
                megabytes);
    }

    private static List<String> upload(JsonObject upload) {
        return List.of(
                ShownText.of(text(upload, "user")),
                ShownText.of(text(upload, "key")),
                text(upload, "size"),
                text(upload, "missing_bytes"),
                text(upload, "since"));
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static void writeTable(String title, List<String> columns, JsonArray objects, Row row, PrintWriter out) {
        out.println(title + ": " + objects.size());
        if (objects.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>(List.of(columns));
        for (JsonElement object : objects) {
            rows.add(row.of(object.getAsJsonObject()));
        }
        for (List<String> cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.size(); column++) {
                line.append("  ").append(padded(cells.get(column), width(rows, column)));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    /** The cells of a line. */
    private interface Row {
        List<String> of(JsonObject object);
    }
}
