package dev.step.protocol;

/** The extensions that both ends name at LOGIN. A feature's rules stand in docs/PROTOCOL.md. */
public enum Feature {
    BLOCK_SIZE("block-size"),
    LIST("list"),
    EMPTY("empty"),
    PIPELINE("pipeline");

    private final String wireName;

    Feature(String wireName) {
        this.wireName = wireName;
    }

    /** The name in a LOGIN's {@code features}. */
    public String wireName() {
        return wireName;
    }
}
