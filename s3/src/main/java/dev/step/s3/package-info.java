/**
 * A store in a bucket of an object storage that speaks S3, shared by any number of servers. Nothing is kept anywhere else: any
 * server answers for everything, and its death costs no block that was answered.
 *
 * <pre>
 * format                           "step-store-s3 1"
 * files/USER/KEY                   a complete file: what is known of it, and its content or the names of its segments
 *                                  ({@link dev.step.s3.FileObject}). This name is the truth: a file is there with it
 * index/USER/-FROM                 what is known of many files, for listings ({@link dev.step.s3.DetailIndex}); may be behind
 * data/USER/KEY                    a value
 * accounts, token-keys             what servers share besides ({@link dev.step.s3.BucketDocument})
 * try                              written to see whether that works
 * uploads/USER/HASH/SEQUENCE-ID    an unfinished upload ({@link dev.step.s3.UploadRecord}); of one key, the last is current
 * content/ID/WRITER/STAMP-BLOCKS   a segment: blocks of an upload, and later of the file that it becomes
 *                                  ({@link dev.step.s3.SegmentName})
 * garbage/TIME-ID                  a content that may have lost its name ({@link dev.step.s3.Garbage})
 * sweep                            when contents without any name were looked for ({@link dev.step.s3.SweepProgress})
 * </pre>
 *
 * <p>Objects under {@code files} and {@code uploads} change by conditional requests only: {@code If-None-Match: *} to make one,
 * {@code If-Match} to replace one. Each has a random id in it, so that no tag ever comes back. Everything else is written once.
 *
 * <p><b>Publishing.</b> Who finds nothing missing compares the digest, and replaces the upload's record by a sealed one, which
 * holds the file's object and names what that takes the place of: a file, or a {@link dev.step.s3.Reservation}. Of many, one
 * succeeds, and none against a discard. Then the file's object replaces exactly that, and the record is removed, at the latest
 * before the file changes again. Whoever meets a sealed record does the rest himself: a server may stop anywhere, and also go
 * on later, which then changes nothing.
 */
@NullMarked
package dev.step.s3;

import org.jspecify.annotations.NullMarked;
