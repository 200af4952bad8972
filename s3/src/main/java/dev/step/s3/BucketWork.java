package dev.step.s3;

import dev.step.protocol.RefusedException;
import java.io.IOException;

/** Something that takes requests to the bucket. */
interface BucketWork<T> {
    T run() throws IOException, RefusedException;
}
