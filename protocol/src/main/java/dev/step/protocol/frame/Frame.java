package dev.step.protocol.frame;

import com.google.gson.JsonObject;

/**
 * A message whose binary part is still on the wire.
 *
 * @param fields the JSON part
 * @param binaryLength how many bytes follow, 0 to 2^32-1
 */
public record Frame(JsonObject fields, long binaryLength) {
    /** Without the fields: among them are passwords and tokens. */
    @Override
    public String toString() {
        return "Frame[fields=***, binaryLength=" + binaryLength + "]";
    }
}
