package dev.step.shell.client;

/**
 * Who logs in.
 *
 * @param password as text; it travels as its MD5
 */
public record Credentials(String user, String password) {
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
