package dev.step.s3;

import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * A bucket of a real object storage, where the environment names one: {@code STEP_S3_ENDPOINTS}, two gateways of it separated by a
 * comma, and the client's own variables.
 */
record RealBucket(List<URI> endpoints, String name) {
    private static final String VARIABLE = "STEP_S3_ENDPOINTS";

    /** Skips the calling test where there is none. */
    static RealBucket required() {
        String text = System.getenv(VARIABLE);
        if (text == null) {
            return abort("needs a real object storage: s3/test-with-ceph starts one");
        }
        StandInS3.forgetItsClients();
        List<URI> endpoints = Arrays.stream(text.split(",")).map(URI::create).toList();
        RealBucket bucket = new RealBucket(endpoints, "step-test");
        bucket.make();
        return bucket;
    }

    private void make() {
        try (S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(endpoints.get(0))
                .forcePathStyle(true)
                .build()) {
            client.createBucket(request -> request.bucket(name));
        } catch (BucketAlreadyOwnedByYouException e) {
            return; // it is there
        }
    }
}
