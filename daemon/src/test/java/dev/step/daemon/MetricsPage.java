package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says over HTTP to who watches it. */
final class MetricsPage {
    private static final Pattern PLACE = Pattern.compile("Metrics are on (http://[0-9.:]+)/metrics");
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;

    private MetricsPage(String server) {
        this.server = server;
    }

    /** That of a server that is just starting. */
    static MetricsPage of(ServerProcess process) throws IOException {
        Matcher place = PLACE.matcher(process.awaitLine("Metrics are on"));
        assertTrue(place.find());
        return new MetricsPage(place.group(1));
    }

    /** Waits until the store was counted, which happens behind. */
    MetricsPage whenCounted() throws IOException, InterruptedException {
        while (!names().contains("step_store_files")) {
            Thread.onSpinWait();
        }
        return this;
    }

    /** Answers 200 with this text. */
    String text() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/metrics");
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(server + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The value of each series, by its name with its labels. */
    Map<String, Double> values() throws IOException, InterruptedException {
        Map<String, Double> values = new TreeMap<>();
        for (String line : samples()) {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        }
        return values;
    }

    private List<String> samples() throws IOException, InterruptedException {
        return text().lines().filter(line -> !line.startsWith("#")).toList();
    }

    /** The name of each series, without its labels. */
    TreeSet<String> names() throws IOException, InterruptedException {
        TreeSet<String> names = new TreeSet<>();
        samples().forEach(line -> names.add(line.split("[{ ]")[0]));
        return names;
    }

    /** The name of each metric that begins like this, with its type and its labels. */
    List<String> described(String beginning) throws IOException, InterruptedException {
        String text = text();
        return text.lines()
                .filter(line -> line.startsWith("# TYPE " + beginning))
                .map(line -> line.substring("# TYPE ".length()))
                .map(nameAndType -> nameAndType + labels(nameAndType.split(" ")[0], text))
                .sorted()
                .toList();
    }

    private static String labels(String name, String text) {
        TreeSet<String> labels = new TreeSet<>();
        text.lines()
                .filter(line -> line.matches(name + "(_bucket|_sum|_count)?[{ ].*"))
                .forEach(line -> LABEL.matcher(line).results().forEach(label -> labels.add(label.group(1))));
        labels.remove("le"); // of every histogram
        return labels.isEmpty() ? "" : " " + String.join(",", labels);
    }
}
