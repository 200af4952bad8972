package dev.step.daemon;

import dev.step.daemon.place.StoreAddress.BucketAccess;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to reach the object storage of a store that is in one. */
final class BucketOptions {
    private static final String DEFAULT = "default";

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            defaultValue = DEFAULT,
            converter = Endpoint.Converter.class,
            description = {
                "For a store in s3://: where the object storage answers, as http://gateway.example:7480; or default: where"
                        + " AWS_ENDPOINT_URL",
                "says, else Amazon's. The keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, from ~/.aws/credentials,"
                        + " or from the machine that Amazon runs. Default: ${DEFAULT-VALUE}"
            })
    private Endpoint endpoint = new Endpoint(Optional.empty());

    @Option(
            names = "--s3-region",
            paramLabel = "NAME",
            defaultValue = DEFAULT,
            description =
                    "The region, which some object storages want to be named, and others do not look at; or default: "
                            + "what AWS_REGION or ~/.aws/config says. Default: ${DEFAULT-VALUE}")
    private String region = DEFAULT;

    @Option(
            names = "--s3-path-style",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description =
                    "Whether to name the bucket in the path, as Ceph and MinIO have it, or in the host's name, as Amazon "
                            + "wants it for new buckets. Default: ${DEFAULT-VALUE}")
    private boolean pathStyle = true;

    BucketAccess access() {
        return new BucketAccess(endpoint.url(), Optional.of(region).filter(name -> !name.equals(DEFAULT)), pathStyle);
    }

    /** Where an object storage answers; empty: where others say. */
    private record Endpoint(Optional<URI> url) {
        @Override
        public String toString() {
            return url.map(URI::toString).orElse(DEFAULT);
        }

        static final class Converter implements ITypeConverter<Endpoint> {
            @Override
            public Endpoint convert(String text) {
                if (text.equals(DEFAULT)) {
                    return new Endpoint(Optional.empty());
                }
                if (text.matches("https?://[^/?#\\s]+/?")) {
                    return new Endpoint(Optional.of(URI.create(text)));
                }
                throw new TypeConversionException(
                        "expected default, http://HOST:PORT or https://HOST:PORT, but was '" + text + "'");
            }
        }
    }
}
