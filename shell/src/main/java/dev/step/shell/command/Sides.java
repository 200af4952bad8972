package dev.step.shell.command;

import java.util.List;
import java.util.Optional;

/**
 * The one rule by which the operands of a transfer are read: a last one that is a folder is where the others go, with
 * exactly two operands the second is the name on the other side, otherwise all of them are names.
 *
 * @param names what is to be transferred
 * @param folder where to; empty when there is none
 * @param otherName the name on the other side; empty: their own names
 */
record Sides(List<Operand> names, Optional<Operand> folder, Optional<Operand> otherName) {
    /**
     * Reads them.
     *
     * @param lastIsFolder whether the last one, if it is not the only one, is a folder
     */
    static Sides of(List<Operand> operands, boolean lastIsFolder) {
        int others = operands.size() - 1;
        Optional<Operand> last = Optional.of(operands.get(others));
        if (others > 0 && lastIsFolder) {
            return new Sides(operands.subList(0, others), last, Optional.empty());
        }
        return others == 1
                ? new Sides(operands.subList(0, 1), Optional.empty(), last)
                : new Sides(operands, Optional.empty(), Optional.empty());
    }

    static Operand last(List<Operand> operands) {
        return operands.get(operands.size() - 1);
    }
}
