package dev.step.daemon.store.disk;

/**
 * Where an upload stands.
 *
 * <pre>
 * RECEIVING --- every block received ---> PUBLISHING --- durable and listed ---> PUBLISHED
 *     |                                        |
 *     +--- superseded, deleted, closed ---> DISCARDED <--- publishing failed
 * </pre>
 */
enum UploadState {
    RECEIVING,
    PUBLISHING,
    PUBLISHED,
    DISCARDED
}
