package dev.step.shell.client;

import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Fields;

/** Makes an answer's record from its fields: the static {@code read} of that record. */
@FunctionalInterface
interface AnswerReader<A> {
    A read(Fields fields) throws RefusedException;
}
