package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code KEY… KEY|folder/} means when both sides are on the server: which keys, and what they become. */
final class KeyPairs {
    private final RemoteOperands remote;
    private final boolean recursive;
    private final List<KeyPair> pairs = new ArrayList<>();
    private final Set<Key> targets = new HashSet<>();

    /**
     * Pairs nothing yet.
     *
     * @param recursive whether a key that ends in a slash stands for everything in that folder
     */
    KeyPairs(RemoteOperands remote, boolean recursive) {
        this.remote = remote;
        this.recursive = recursive;
    }

    List<KeyPair> of(List<Operand> operands) throws UsageException, ClientException {
        Sides sides = Sides.of(operands, Sides.last(operands).isFolder());
        if (sides.folder().isEmpty() && sides.otherName().isEmpty()) {
            throw new UsageException("name the new key last; for several keys a folder, which ends in a slash");
        }
        for (Operand name : sides.names()) {
            if (recursive && name.isFolder()) {
                addTree(name.text(), sides);
            } else {
                add(name, sides);
            }
        }
        return pairs;
    }

    private void add(Operand name, Sides sides) throws UsageException, ClientException {
        List<Key> keys = remote.expand(name);
        if (sides.otherName().isPresent() && keys.size() > 1) {
            throw new UsageException(
                    keys.size() + " keys match " + name + "; a folder for them has a name that ends in a slash");
        }
        for (Key key : keys) {
            add(key, target(sides, RemoteOperands.lastSegment(key.text())));
        }
    }

    private void addTree(String folder, Sides sides) throws UsageException, ClientException {
        List<Key> keys = remote.tree(folder);
        if (keys.isEmpty()) {
            throw new ClientException(Problem.NOT_FOUND, "there is nothing in " + folder);
        }
        String target = target(sides, RemoteOperands.lastSegment(folder.replaceFirst("/+$", "")));
        for (Key key : keys) {
            add(key, target + "/" + key.text().substring(folder.length()));
        }
    }

    private static String target(Sides sides, String ownName) {
        return sides.otherName()
                .map(Operand::text)
                .orElseGet(() -> sides.folder().map(Operand::text).orElse("") + ownName);
    }

    /** Two files under one key would be one file less. */
    private void add(Key from, String to) throws UsageException {
        Key target = Operand.keyOf(to);
        if (target.equals(from)) {
            throw new UsageException("the key " + from + " would become itself");
        }
        if (!targets.add(target)) {
            throw new UsageException("two files would get the key " + target);
        }
        pairs.add(new KeyPair(from, target));
    }
}
