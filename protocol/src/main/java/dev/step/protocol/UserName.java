package dev.step.protocol;

/**
 * Who a request comes from: up to {@link Limits#MAX_USER_BYTES} bytes of UTF-8 without control characters. The empty
 * name is a user like any other.
 */
public record UserName(String text) {
    public UserName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a user name");
        }
    }

    /**
     * A name that came from outside.
     *
     * @throws RefusedException 410 if it breaks a rule
     */
    public static UserName of(String text) throws RefusedException {
        if (!isValid(text)) {
            throw new RefusedException(
                    Status.BAD_FIELD,
                    "The user name has to be at most " + Limits.MAX_USER_BYTES
                            + " bytes of UTF-8 without control characters.");
        }
        return new UserName(text);
    }

    private static boolean isValid(String text) {
        int bytes = Key.utf8Length(text);
        return bytes >= 0 && bytes <= Limits.MAX_USER_BYTES && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return text;
    }
}
