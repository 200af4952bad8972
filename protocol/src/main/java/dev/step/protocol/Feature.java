package dev.step.protocol;

/** The extensions that both ends name at LOGIN. A feature's rules stand in docs/PROTOCOL.md. */
public enum Feature {
    BLOCK_SIZE("block-size"),
    LIST("list"),
    EMPTY("empty"),
    PIPELINE("pipeline"),
    UPLOAD_ID("upload-id"),
    RESUME("resume"),
    STATUS("status"),
    VERIFY_ON_PUBLISH("verify-on-publish"),
    REPLACE("replace"),
    VERSION("version"),
    BLOCK_CRC("block-crc"),
    DIGEST("digest"),
    TIMES("times"),
    LARGE("large"),
    MOVE("move"),
    WHOLE("whole");

    private final String wireName;

    Feature(String wireName) {
        this.wireName = wireName;
    }

    /** The name in a LOGIN's {@code features}. */
    public String wireName() {
        return wireName;
    }
}
