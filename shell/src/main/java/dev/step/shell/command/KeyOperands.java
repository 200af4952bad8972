package dev.step.shell.command;

import dev.step.protocol.Key;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Keys that a command is told one by one: patterns stand for themselves. */
final class KeyOperands {
    @Parameters(arity = "1..*", paramLabel = "KEY", description = "which ones")
    private List<Operand> operands = List.of();

    List<Key> keys() throws UsageException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands) {
            keys.add(operand.key());
        }
        return keys;
    }
}
