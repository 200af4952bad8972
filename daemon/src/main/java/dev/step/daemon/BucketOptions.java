package dev.step.daemon;

import dev.step.daemon.place.StoreAddress.BucketAccess;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to reach the object storage of a store that is in one. */
final class BucketOptions {
    private static final String DEFAULT = "default";

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            defaultValue = DEFAULT,
            converter = EndpointConverter.class,
            description = {
                "For a store in s3://: where the object storage answers, as http://gateway.example:7480; or default: where"
                        + " AWS_ENDPOINT_URL",
                "says, else Amazon's. The keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, from ~/.aws/credentials,"
                        + " or from the machine that Amazon runs. Default: ${DEFAULT-VALUE}"
            })
    private OptionalSetting<URI> endpoint = OptionalSetting.absent(DEFAULT);

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
        return new BucketAccess(endpoint.value(), Optional.of(region).filter(name -> !name.equals(DEFAULT)), pathStyle);
    }

    private static final class EndpointConverter extends OptionalSetting.Converter<URI> {
        EndpointConverter() {
            super(DEFAULT, ", http://HOST:PORT or https://HOST:PORT");
        }

        @Override
        Optional<URI> parse(String text) {
            return text.matches("https?://[^/?#\\s]+/?") ? Optional.of(URI.create(text)) : Optional.empty();
        }
    }
}
