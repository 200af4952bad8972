package dev.step.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.step.daemon.place.StoreAddress.BucketAccess;
import dev.step.protocol.DigestAlgorithm;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An object storage that speaks as much S3 as the store needs, over HTTP on a real socket, and fails when it is told to. One
 * lock makes it as consistent as S3 is.
 */
final class StandInS3 implements Closeable {
    private static final Map<String, String> CLIENT =
            Map.of("aws.accessKeyId", "key", "aws.secretAccessKey", "secret", "aws.region", "default");

    static final String BUCKET = "bucket";
    /** What its threads are called, which are no servers'. */
    static final String THREAD = "stand-in-s3";

    private static final int PAGE = 1_000;
    private static final String OWNER = "x-amz-meta-owner";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or every other answer waits for 40 ms
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, THREAD));
    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final AtomicReference<CountDownLatch> silence = new AtomicReference<>(new CountDownLatch(1));
    private volatile Fault fault = request -> Optional.empty();
    private volatile int pageSize = PAGE;
    private volatile boolean isOldCeph;
    private final InstantSource clock;

    /** @param owner what was noted with it; empty: nothing */
    private record Stored(byte[] bytes, String tag, Instant modified, String owner) {}

    /** What is asked for. */
    record Request(String verb, String name) {}

    /** What a request meets. */
    enum Failure {
        /** Answered with that status, and not carried out. */
        STATUS_500,
        STATUS_503,
        /** Carried out, but its answer never comes. */
        ANSWER_LOST,
        /** Refused, as there is no more room. */
        FULL,
        /** Neither carried out nor answered, until nothing is to fail any more. */
        SILENCE
    }

    /** Chooses what fails. */
    interface Fault {
        Optional<Failure> of(Request request);
    }

    StandInS3() throws IOException {
        this(InstantSource.system());
    }

    /** @param clock what objects are dated by */
    StandInS3(InstantSource clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What clients of a stand-in were told goes before the environment, which says it of a real object storage. */
    static void forgetItsClients() {
        CLIENT.keySet().forEach(System::clearProperty);
    }

    /** A client of it. */
    ObjectStorage storage() throws IOException {
        return storage(S3ObjectStorage.ANSWERED_WITHIN);
    }

    /** One that waits so long for whatever it asks. */
    ObjectStorage storage(Duration answeredWithin) throws IOException {
        CLIENT.forEach(System::setProperty);
        return S3ObjectStorage.open(
                S3Location.parse("s3://" + BUCKET + "/store"),
                new BucketAccess(Optional.of(endpoint()), Optional.empty(), true),
                answeredWithin);
    }

    void fail(Fault which) {
        fault = which;
    }

    void failNothing() {
        silence.getAndSet(new CountDownLatch(1)).countDown();
        fault = request -> Optional.empty();
    }

    void pageSize(int size) {
        pageSize = size;
    }

    /** DELETEs are conditional as in version 16.2 of Ceph: If-Match is ignored, and a condition of its own is known. */
    void deleteAsOldCeph() {
        isOldCeph = true;
    }

    /** The names of all objects, below the store's prefix, that start with this. */
    List<String> names(String prefix) {
        return objects.keySet().stream()
                .filter(name -> name.startsWith("store/" + prefix))
                .map(name -> name.substring("store/".length()))
                .toList();
    }

    /** Leaves nothing in the bucket. */
    void removeAll() {
        objects.clear();
    }

    /** How many requests of each verb there were since this was asked last. */
    Map<String, Integer> takeCounts() {
        synchronized (counts) {
            Map<String, Integer> taken = new TreeMap<>(counts);
            counts.clear();
            return taken;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String name = path.substring(Math.min(path.length(), ("/" + BUCKET + "/").length()));
            Map<String, String> query = query(exchange.getRequestURI());
            boolean isList = exchange.getRequestMethod().equals("GET") && query.containsKey("list-type");
            Request request =
                    new Request(isList ? "LIST" : exchange.getRequestMethod(), isList ? query.get("prefix") : name);
            synchronized (counts) {
                counts.merge(request.verb(), 1, Integer::sum);
            }
            Optional<Failure> failure = fault.of(request);
            if (failure.isPresent() && failure.get() != Failure.ANSWER_LOST) {
                failWith(failure.get(), exchange);
                return;
            }
            Answer answer = answer(exchange, request, query, body);
            if (failure.isPresent()) {
                return; // which closes the connection
            }
            answer.send();
        }
    }

    private void failWith(Failure failure, HttpExchange exchange) throws IOException {
        switch (failure) {
            case STATUS_500 -> error(exchange, 500, "InternalError");
            case FULL -> error(exchange, 403, "QuotaExceeded");
            case SILENCE -> awaitEndOfSilence();
            default -> error(exchange, 503, "InternalError");
        }
    }

    private void awaitEndOfSilence() {
        try {
            silence.get().await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Answer {
        void send() throws IOException;
    }

    private synchronized Answer answer(HttpExchange exchange, Request request, Map<String, String> query, byte[] body) {
        return switch (request.verb()) {
            case "LIST" -> {
                String listing = list(query);
                yield () -> ok(exchange, 200, listing.getBytes(StandardCharsets.UTF_8));
            }
            case "GET" -> get(exchange, request.name());
            case "HEAD" -> head(exchange, request.name());
            case "PUT" -> put(exchange, request.name(), body);
            case "DELETE" -> delete(exchange, request.name());
            default -> () -> error(exchange, 405, "MethodNotAllowed");
        };
    }

    private Answer get(HttpExchange exchange, String name) {
        Stored stored = objects.get(name);
        if (stored == null) {
            return () -> error(exchange, 404, "NoSuchKey");
        }
        exchange.getResponseHeaders().set("ETag", '"' + stored.tag() + '"');
        exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(stored.modified()));
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            return () -> ok(exchange, 200, stored.bytes());
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(ends[0]);
        int end = Math.min(Integer.parseInt(ends[1]) + 1, stored.bytes().length);
        return from >= stored.bytes().length
                ? () -> error(exchange, 416, "InvalidRange")
                : () -> ok(exchange, 206, Arrays.copyOfRange(stored.bytes(), from, end));
    }

    private Answer head(HttpExchange exchange, String name) {
        Stored stored = objects.get(name);
        if (stored == null) {
            return () -> ok(exchange, 404, new byte[0]);
        }
        if (!stored.owner().isEmpty()) {
            exchange.getResponseHeaders().set(OWNER, stored.owner());
        }
        return () -> ok(exchange, 200, new byte[0]);
    }

    private static String owner(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(OWNER)).orElse("");
    }

    private Answer put(HttpExchange exchange, String name, byte[] body) {
        String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
        if (source != null) {
            return copy(exchange, URLDecoder.decode(source, StandardCharsets.UTF_8), name);
        }
        Stored before = objects.get(name);
        String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
        boolean refused = (exchange.getRequestHeaders().containsKey("If-None-Match") && before != null)
                || (ifMatch != null && (before == null || !before.tag().equals(ifMatch)));
        if (refused) {
            return () -> error(exchange, 412, "PreconditionFailed");
        }
        Stored stored = stored(body, owner(exchange));
        objects.put(name, stored);
        exchange.getResponseHeaders().set("ETag", '"' + stored.tag() + '"');
        return () -> ok(exchange, 200, new byte[0]);
    }

    private Answer delete(HttpExchange exchange, String name) {
        String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
        Stored stored = objects.get(name);
        String since = exchange.getRequestHeaders().getFirst("x-amz-delete-if-unmodified-since");
        boolean isAnother = isOldCeph
                ? since != null
                        && stored != null
                        && stored.modified().truncatedTo(ChronoUnit.SECONDS).isAfter(Instant.parse(since))
                : ifMatch != null && stored != null && !stored.tag().equals(ifMatch);
        if (isAnother) {
            return () -> error(exchange, 412, "PreconditionFailed");
        }
        objects.remove(name);
        return () -> ok(exchange, 204, new byte[0]);
    }

    private Stored stored(byte[] body, String owner) {
        String tag = HexFormat.of().formatHex(DigestAlgorithm.MD5.start().digest(body));
        return new Stored(body, tag, clock.instant().truncatedTo(ChronoUnit.MILLIS), owner);
    }

    private Answer copy(HttpExchange exchange, String source, String name) {
        Stored from = objects.get(source.substring(source.indexOf('/', 1) + 1));
        if (from == null) {
            return () -> error(exchange, 404, "NoSuchKey");
        }
        objects.put(name, stored(from.bytes(), owner(exchange)));
        String text = "<CopyObjectResult><ETag>\"" + from.tag() + "\"</ETag></CopyObjectResult>";
        return () -> ok(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private String list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        String after = query.getOrDefault("start-after", "");
        StringBuilder text = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
        String lastFolder = "";
        int count = 0;
        boolean truncated = false;
        for (Map.Entry<String, Stored> object : objects.tailMap(after, false).entrySet()) {
            String name = object.getKey();
            if (!name.startsWith(prefix)) {
                continue;
            }
            int at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
            String folder = at < 0 ? "" : name.substring(0, at + delimiter.length());
            if (!folder.isEmpty() && folder.equals(lastFolder)) {
                continue;
            }
            if (count == pageSize) {
                truncated = true;
                break;
            }
            count++;
            if (folder.isEmpty()) {
                text.append("<Contents><Key>")
                        .append(encoded(name))
                        .append("</Key><LastModified>")
                        .append(object.getValue().modified())
                        .append("</LastModified><ETag>\"")
                        .append(object.getValue().tag())
                        .append("\"</ETag><Size>")
                        .append(object.getValue().bytes().length)
                        .append("</Size></Contents>");
            } else {
                lastFolder = folder;
                text.append("<CommonPrefixes><Prefix>").append(encoded(folder)).append("</Prefix></CommonPrefixes>");
            }
        }
        return text.append("<IsTruncated>")
                .append(truncated)
                .append("</IsTruncated></ListBucketResult>")
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        ok(exchange, status, ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8));
    }

    private static void ok(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        failNothing();
        server.stop(0);
        threads.shutdown();
    }
}
