package dev.step.shell.command;

import dev.step.protocol.Key;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Keys that a command is told one by one: patterns stand for themselves. */
final class KeyOperands implements Argument {
    private final Several<Operand> operands = Several.operands(Operand.class, Several.SOME, "KEY", "which ones");

    @Override
    public void addTo(CommandSpec spec) {
        Argument.addAll(spec, operands);
    }

    List<Key> keys() throws UsageException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands.values()) {
            keys.add(operand.key());
        }
        return keys;
    }
}
