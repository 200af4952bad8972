package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.step.testing.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard of packaging/, against Prometheus' own checks and the real server's metrics. */
@Timeout(120)
final class WatchFilesIT {
    private static final Path ROOT = Path.of(System.getProperty("step.root", ".."));
    private static final Path PROMETHEUS = ROOT.resolve("packaging/prometheus");
    private static final Path RULES = PROMETHEUS.resolve("step-server.rules.yml");
    private static final Path RULES_TEST = PROMETHEUS.resolve("step-server.rules.test.yml");
    private static final Path DASHBOARD = ROOT.resolve("packaging/grafana/step-server.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:step|jvm|process)_[a-z_]+");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    Path folder;

    @Test
    void alertsAreRulesThatPrometheusUnderstands() throws Exception {
        promtool("check", "rules", RULES.toString());
    }

    @Test
    void alertsGoOffWhenTheyShouldAndOnlyThen() throws Exception {
        promtool("test", "rules", RULES_TEST.toString());
    }

    @Test
    void everyAlertIsTestedAndHasAnAnswerInTheManual() throws IOException {
        String tests = Files.readString(RULES_TEST);
        String manual = Files.readString(ROOT.resolve("docs/ADMIN.md"));
        Set<String> alerts = all(ALERT, 1, Files.readString(RULES));
        assertFalse(alerts.isEmpty());
        for (String alert : alerts) {
            assertTrue(tests.contains("alertname: " + alert + "\n        exp_alerts:"), alert + " is never expected");
            assertTrue(tests.contains("alertname: " + alert + "}"), alert + " is never unexpected");
            assertTrue(manual.contains("\n### " + alert + "\n"), alert + " is not in docs/ADMIN.md");
        }
    }

    @Test
    void queriesOfTheDashboardAreOnesThatPrometheusUnderstands() throws Exception {
        List<String> rules = new ArrayList<>(List.of("groups:", "  - name: dashboard", "    rules:"));
        for (String query : queries()) {
            rules.add("      - record: query:" + rules.size());
            rules.add("        expr: " + new JsonPrimitive(query.replace("$__rate_interval", "5m")));
        }
        Path file = Files.write(folder.resolve("dashboard.yml"), rules);
        promtool("check", "rules", file.toString());
    }

    @Test
    void everyMetricThatTheyNameIsThere() throws Exception {
        Set<String> named = all(METRIC, 0, withoutComments(Files.readString(RULES)));
        assertFalse(named.isEmpty());
        List<String> queries = queries();
        assertTrue(queries.size() > 10, queries::toString);
        queries.forEach(query -> named.addAll(all(METRIC, 0, query)));
        try (ServerProcess server = ServerProcess.with(folder.resolve("store"), "--metrics", "127.0.0.1:0")) {
            named.removeAll(MetricsPage.of(server).whenCounted().names());
        }
        assertEquals(Set.of(), named, "no server has these metrics");
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        collect(JsonParser.parseString(Files.readString(DASHBOARD)), queries);
        return queries;
    }

    private static void collect(JsonElement element, List<String> queries) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(part -> collect(part, queries));
        } else if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> {
                if (field.getKey().equals("expr")) {
                    queries.add(field.getValue().getAsString());
                } else {
                    collect(field.getValue(), queries);
                }
            });
        }
    }

    private static String withoutComments(String yaml) {
        return yaml.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static Set<String> all(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Requires.program("promtool", "prometheus").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
