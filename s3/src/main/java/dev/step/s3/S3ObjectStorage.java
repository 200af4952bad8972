package dev.step.s3;

import dev.step.daemon.disk.DiskFullException;
import dev.step.daemon.place.StoreAddress.BucketAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects below a prefix of a bucket, by the official client. Keys, region and endpoint come from where that client
 * looks for them: the environment ({@code AWS_ACCESS_KEY_ID}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL}…), then
 * {@code ~/.aws}.
 */
final class S3ObjectStorage implements ObjectStorage {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    /** The longest silence of the other end. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(15);

    /** However the other end behaves: somebody waits. Enough for all attempts at what is answered slowly. */
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private static final int MOST_ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final String QUOTA_EXCEEDED = "QuotaExceeded";
    private static final String NO_SUCH_BUCKET = "NoSuchBucket";

    /** What S3 calls user-defined metadata. */
    private static final String OWNER = "owner";

    /** No object's. */
    private static final String NO_TAG = "0".repeat(32);

    /** Ceph's own condition for a DELETE, which others do not know: a time, compared in whole seconds. */
    private static final String CEPHS_IF_UNMODIFIED = "x-amz-delete-if-unmodified-since";

    /** What the client says at length. */
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private static final AwsRequestOverrideConfiguration TRY = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(MOST_SECONDS_OF_A_TRY))
            .build();

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    /** Whether a DELETE may be made conditional as S3 has it; null as long as nobody had to know. */
    private volatile @Nullable Boolean knowsIfMatch;

    private S3ObjectStorage(S3Client client, S3Location location) {
        this.client = client;
        this.bucket = location.bucket();
        this.prefix = location.prefix();
    }

    /**
     * Does not ask for anything yet.
     *
     * @param endpoint instead of what the environment says
     */
    static S3ObjectStorage open(S3Location location, Optional<URI> endpoint) throws IOException {
        return open(location, new BucketAccess(endpoint, Optional.empty(), true));
    }

    /** Does not ask for anything yet. */
    static S3ObjectStorage open(S3Location location, BucketAccess access) throws IOException {
        return open(location, access, ANSWERED_WITHIN);
    }

    /** @param answeredWithin how long anything may take, with all its repetitions */
    static S3ObjectStorage open(S3Location location, BucketAccess access, Duration answeredWithin) throws IOException {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_WITHIN)
                        .socketTimeout(READ_WITHIN))
                .forcePathStyle(access.pathStyle())
                // Older gateways know neither the newer checksums nor bodies in signed chunks.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(configuration -> configuration
                        .apiCallTimeout(answeredWithin)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MOST_ATTEMPTS)
                                .retryOnException(UncheckedIOException.class)
                                .backoffStrategy(
                                        BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE)) // with jitter
                                .build()));
        access.endpoint().ifPresent(builder::endpointOverride);
        return new S3ObjectStorage(builder.region(region(access)).build(), location);
    }

    private static Region region(BucketAccess access) throws IOException {
        if (access.region().isPresent()) {
            return Region.of(access.region().get());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkException e) {
            throw new IOException(
                    "No region is known: name one with s3-region, or in AWS_REGION; Ceph and MinIO take any name", e);
        }
    }

    @Override
    public Optional<Content> get(String name) throws IOException {
        return get(name, (String) null);
    }

    @Override
    public Optional<Content> get(String name, long from, int length) throws IOException {
        return get(name, "bytes=" + from + "-" + (from + length - 1));
    }

    private Optional<Content> get(String name, @Nullable String range) throws IOException {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(prefix + name)
                .range(range)
                .build();
        return attempt("read", name, () -> {
            ResponseBytes<GetObjectResponse> response = client.getObjectAsBytes(request);
            return new Content(
                    response.asByteArrayUnsafe(),
                    unquoted(response.response().eTag()),
                    response.response().lastModified());
        });
    }

    @Override
    public Optional<String> create(String name, byte[] content) throws IOException {
        return put(name, content, builder(name).ifNoneMatch("*").build());
    }

    @Override
    public Optional<String> create(String name, byte[] content, String owner) throws IOException {
        return put(
                name,
                content,
                builder(name).ifNoneMatch("*").metadata(Map.of(OWNER, owner)).build());
    }

    @Override
    public Optional<String> owner(String name) throws IOException {
        return attempt(
                        "look at",
                        name,
                        () -> client.headObject(
                                request -> request.bucket(bucket).key(prefix + name)))
                .map(found -> found.metadata().get(OWNER));
    }

    @Override
    public Optional<String> replace(String name, String tag, byte[] content) throws IOException {
        return put(name, content, builder(name).ifMatch(tag).build());
    }

    private PutObjectRequest.Builder builder(String name) {
        return PutObjectRequest.builder().bucket(bucket).key(prefix + name);
    }

    /** Refused may mean that an attempt before, whose answer was lost, has succeeded: the content tells. */
    private Optional<String> put(String name, byte[] content, PutObjectRequest request) throws IOException {
        Optional<String> tag = attempt(
                "write",
                name,
                () -> unquoted(client.putObject(request, body(content)).eTag()));
        return tag.isPresent()
                ? tag
                : get(name)
                        .filter(found -> Arrays.equals(found.bytes(), content))
                        .map(Content::tag);
    }

    /** Without a copy of it. */
    private static RequestBody body(byte[] content) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content), content.length, "application/octet-stream");
    }

    @Override
    public void copy(String from, String to, String owner) throws IOException {
        Optional<String> copied = attempt(
                "copy",
                from,
                () -> unquoted(client.copyObject(request -> request.sourceBucket(bucket)
                                .sourceKey(prefix + from)
                                .destinationBucket(bucket)
                                .destinationKey(prefix + to)
                                .metadataDirective(MetadataDirective.REPLACE)
                                .metadata(Map.of(OWNER, owner)))
                        .copyObjectResult()
                        .eTag()));
        if (copied.isEmpty()) {
            throw new IOException("The object " + from + " is missing");
        }
    }

    @Override
    public void delete(String name) throws IOException {
        attempt(
                "delete",
                name,
                () -> client.deleteObject(request -> request.bucket(bucket).key(prefix + name)));
    }

    @Override
    public void delete(String name, Content seen) throws IOException {
        if (knowsIfMatch()) {
            deleteIfMatch(name, seen.tag());
        } else {
            attempt(
                    "delete",
                    name,
                    () -> client.deleteObject(request -> request.bucket(bucket)
                            .key(prefix + name)
                            .overrideConfiguration(configuration -> configuration.putHeader(
                                    CEPHS_IF_UNMODIFIED, seen.modified().toString()))));
        }
    }

    private void deleteIfMatch(String name, String tag) throws IOException {
        attempt(
                "delete",
                name,
                () -> client.deleteObject(
                        request -> request.bucket(bucket).key(prefix + name).ifMatch(tag)));
    }

    /** Tried once: old versions of Ceph do not refuse the condition, but ignore it. */
    private boolean knowsIfMatch() throws IOException {
        Boolean known = knowsIfMatch;
        if (known == null) {
            String name = ObjectNames.TRY + "-" + UUID.randomUUID();
            create(name, name.getBytes(StandardCharsets.US_ASCII));
            deleteIfMatch(name, NO_TAG);
            known = get(name).isPresent();
            delete(name);
            knowsIfMatch = known;
        }
        return known;
    }

    @Override
    public void tryWriting(String name) throws IOException {
        byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        attempt(
                "write",
                name,
                () -> client.putObject(builder(name).overrideConfiguration(TRY).build(), body(content)));
    }

    @Override
    public Page list(Range range) throws IOException {
        ListObjectsV2Response found = attempt(
                        "list",
                        range.prefix(),
                        () -> client.listObjectsV2(request -> request.bucket(bucket)
                                .prefix(prefix + range.prefix())
                                .startAfter(range.after().isEmpty() ? null : prefix + range.after())
                                .delimiter(range.delimiter().isEmpty() ? null : range.delimiter())))
                .orElseThrow(() -> new IOException("There is no bucket " + bucket));
        List<Entry> entries = found.contents().stream()
                .map(object ->
                        new Entry(below(object.key()), unquoted(object.eTag()), object.size(), object.lastModified()))
                .toList();
        List<String> folders = found.commonPrefixes().stream()
                .map(folder -> below(folder.prefix()))
                .toList();
        Optional<String> last = Stream.concat(entries.stream().map(Entry::name), folders.stream())
                .max(String::compareTo);
        return new Page(entries, folders, last.filter(name -> found.isTruncated()));
    }

    private String below(String name) {
        return name.substring(prefix.length());
    }

    /** Empty when there is no such object, or it is not as the request asks. */
    private <T> Optional<T> attempt(String verb, String name, Attempt<T> attempt) throws IOException {
        try {
            return Optional.of(attempt.run());
        } catch (S3Exception e) {
            int status = e.statusCode();
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            if ((status == NOT_FOUND && !NO_SUCH_BUCKET.equals(code))
                    || status == PRECONDITION_FAILED
                    || status == CONFLICT) {
                return Optional.empty();
            }
            IOException failure = failure(verb, name, e);
            throw QUOTA_EXCEEDED.equals(code) ? new DiskFullException(failure) : failure;
        } catch (SdkException | UncheckedIOException e) { // the latter from connections that end in an unexpected place
            throw failure(verb, name, e);
        }
    }

    private IOException failure(String verb, String name, RuntimeException cause) {
        return new IOException(
                "The object storage failed to " + verb + " " + bucket + "/" + prefix + name + ": " + words(cause),
                cause);
    }

    private static String words(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(NO_CREDENTIALS)
                ? "no keys are known; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write ~/.aws/credentials"
                : message;
    }

    private static String unquoted(String tag) {
        return tag.replace("\"", "");
    }

    @Override
    public void close() {
        client.close();
    }

    /** One request, with all its repetitions. */
    private interface Attempt<T> {
        T run();
    }
}
