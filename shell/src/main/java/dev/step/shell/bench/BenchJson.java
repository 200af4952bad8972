package dev.step.shell.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.step.protocol.frame.Json;
import dev.step.shell.bench.BenchRecord.Circumstances;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A record as a file, which {@code --compare} reads: every measurement, in nanoseconds, one case in each line.
 *
 * <pre>
 *   {"format":"step-bench 1","label":"…","started":"2026-01-31T12:00:00Z","repeat":10,"seed":1,
 *    "machine":{"processor":"…","processors":2,"memory":"…","system":"…","software":"…"},
 *    "server":{"address":"…","software":"…","features":["…"]},
 *    "cases":[
 *     {"figure":"sizes","action":"put","kind":"bin","size":262144,"connections":1,"clients":1,
 *      "nanos":[[first round's measurements],[second round's],…]},
 *     …]}
 * </pre>
 */
public final class BenchJson {
    private static final String FORMAT = "step-bench 1";

    private BenchJson() {}

    /** The file's text. */
    public static String write(BenchRecord run) {
        Circumstances at = run.circumstances();
        JsonObject head = new JsonObject();
        head.addProperty("format", FORMAT);
        head.addProperty("label", run.label());
        head.addProperty("started", at.started().toString());
        head.addProperty("repeat", at.repeat());
        head.addProperty("seed", at.seed());
        head.add("machine", write(at.machine()));
        head.add("server", write(at.server()));
        SortedSet<BenchCase> cases =
                run.samples().stream().map(Sample::what).collect(Collectors.toCollection(TreeSet::new));
        String lines =
                cases.stream().map(what -> text(write(run, what))).collect(Collectors.joining(",\n  ", "[\n  ", "]"));
        String start = text(head);
        return start.substring(0, start.length() - 1) + ",\n \"cases\":" + lines + "}\n";
    }

    private static String text(JsonObject object) {
        return new String(Json.encode(object), StandardCharsets.US_ASCII);
    }

    private static JsonObject write(Machine machine) {
        JsonObject object = new JsonObject();
        object.addProperty("processor", machine.processor());
        object.addProperty("processors", machine.processors());
        object.addProperty("memory", machine.memory());
        object.addProperty("system", machine.system());
        object.addProperty("software", machine.software());
        return object;
    }

    private static JsonObject write(MeasuredServer server) {
        JsonArray features = new JsonArray();
        server.features().forEach(features::add);
        JsonObject object = new JsonObject();
        object.addProperty("address", server.address());
        object.addProperty("software", server.software());
        object.add("features", features);
        return object;
    }

    private static JsonObject write(BenchRecord run, BenchCase what) {
        JsonObject object = new JsonObject();
        object.addProperty("figure", what.figure().userName());
        object.addProperty("action", what.action().userName());
        object.addProperty("kind", what.payload().kind().userName());
        object.addProperty("size", what.payload().size());
        object.addProperty("connections", what.connections());
        object.addProperty("clients", what.clients());
        JsonArray rounds = new JsonArray();
        for (int round = 1; round <= run.circumstances().repeat(); round++) {
            int number = round;
            JsonArray nanos = new JsonArray();
            run.samples().stream()
                    .filter(sample -> sample.round() == number && sample.what().equals(what))
                    .forEach(sample -> nanos.add(sample.nanos()));
            rounds.add(nanos);
        }
        object.add("nanos", rounds);
        return object;
    }

    /**
     * Reads a file that an earlier run has written.
     *
     * @throws ClientException when it cannot be read, or is none
     */
    public static BenchRecord read(Path file) throws ClientException {
        try {
            return read(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw ClientException.local(file, e);
        } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
            throw new ClientException(
                    Problem.LOCAL_FILE, file + " is not what bench --report FILE.json writes; name another file");
        }
    }

    private static BenchRecord read(JsonObject object) {
        if (!object.get("format").getAsString().equals(FORMAT)) {
            throw new IllegalArgumentException("of another format");
        }
        JsonObject machine = object.getAsJsonObject("machine");
        JsonObject server = object.getAsJsonObject("server");
        Circumstances at = new Circumstances(
                Instant.parse(object.get("started").getAsString()),
                new Machine(
                        machine.get("processor").getAsString(),
                        machine.get("processors").getAsInt(),
                        machine.get("memory").getAsString(),
                        machine.get("system").getAsString(),
                        machine.get("software").getAsString()),
                new MeasuredServer(
                        server.get("address").getAsString(),
                        server.get("software").getAsString(),
                        texts(server.getAsJsonArray("features"))),
                object.get("repeat").getAsInt(),
                object.get("seed").getAsLong());
        List<Sample> samples = new ArrayList<>();
        for (JsonElement element : object.getAsJsonArray("cases")) {
            readCase(element.getAsJsonObject(), samples);
        }
        return new BenchRecord(object.get("label").getAsString(), at, samples);
    }

    private static void readCase(JsonObject object, List<Sample> samples) {
        String kind = object.get("kind").getAsString();
        BenchCase what = new BenchCase(
                Figure.find(object.get("figure").getAsString()).orElseThrow(IllegalArgumentException::new),
                Action.find(object.get("action").getAsString()).orElseThrow(IllegalArgumentException::new),
                new Payload(
                        FileKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        object.get("size").getAsLong()),
                object.get("connections").getAsInt(),
                object.get("clients").getAsInt());
        JsonArray rounds = object.getAsJsonArray("nanos");
        for (int round = 0; round < rounds.size(); round++) {
            JsonArray nanos = rounds.get(round).getAsJsonArray();
            for (int index = 0; index < nanos.size(); index++) {
                samples.add(new Sample(what, round + 1, index, nanos.get(index).getAsLong()));
            }
        }
    }

    private static List<String> texts(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
