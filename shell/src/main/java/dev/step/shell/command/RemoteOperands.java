package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that operands stand for. */
final class RemoteOperands {
    private final RemoteFiles remote;

    RemoteOperands(RemoteFiles remote) {
        this.remote = remote;
    }

    /** The keys that several operands stand for, one operand after the other. */
    List<Key> expand(List<Operand> operands) throws UsageException, ClientException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands) {
            keys.addAll(expand(operand));
        }
        return keys;
    }

    /** The keys in their order. A pattern that nothing matches is taken as a key, and so is one that is a key. */
    List<Key> expand(Operand operand) throws UsageException, ClientException {
        if (!operand.isPattern()) {
            return List.of(operand.key());
        }
        Pattern pattern = Glob.pattern(operand.word());
        List<Key> candidates = remote.keys(Glob.literalStart(operand.word()));
        List<Key> found = candidates.stream()
                .filter(key -> pattern.matcher(key.text()).matches())
                .toList();
        boolean isKey = candidates.stream().anyMatch(key -> key.text().equals(operand.text()));
        return isKey || found.isEmpty() ? List.of(operand.key()) : found;
    }

    /** What a key is called in its folder. */
    static String lastSegment(String key) throws UsageException {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw new UsageException("the key " + key + " has no last segment; name the other side, too");
        }
        return name;
    }

    /** Every key in a folder, whose name ends in a slash, and in the folders in it. */
    List<Key> tree(String folder) throws ClientException {
        return remote.keys(folder);
    }
}
