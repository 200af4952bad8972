package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import java.util.List;
import java.util.Optional;

/**
 * AUTH LOGIN.
 *
 * @param passwordMd5 the hexadecimal MD5 of the password text, in either case
 * @param features the extensions that the client names; empty for a client that does not know of any
 */
public record Login(String username, String passwordMd5, Optional<List<String>> features) implements Request.OfSession {
    /** A login by somebody who knows the password, naming the extensions it understands. */
    public static Login withPassword(String username, String password, List<String> features) {
        return new Login(username, Digest.md5Hex(password), Optional.of(features));
    }

    static Login read(ResourceType type, Fields fields) throws RefusedException {
        if (type != ResourceType.AUTH) {
            throw new RefusedException(Status.WRONG_TYPE, "Type of LOGIN has to be AUTH.")
                    .answeredAs(null, ResourceType.AUTH.name());
        }
        return new Login(
                fields.text(Field.USERNAME), fields.text(Field.PASSWORD), fields.optionalTexts(Field.FEATURES));
    }

    @Override
    public Operation operation() {
        return Operation.LOGIN;
    }

    @Override
    public ResourceType type() {
        return ResourceType.AUTH;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.USERNAME, username);
        fields.addProperty(Field.PASSWORD, passwordMd5);
        features.ifPresent(names -> {
            JsonArray array = new JsonArray();
            names.forEach(array::add);
            fields.add(Field.FEATURES, array);
        });
    }

    @Override
    public String toString() {
        return "Login[username=" + username + ", password=***]";
    }
}
