package dev.step.daemon.store;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.message.SaveOptions;

/**
 * What a SAVE asked for.
 *
 * @param plan the blocks of a new upload; one that is continued keeps its own
 * @param options what was asked for beyond the core
 */
public record UploadSpec(Key key, BlockPlan plan, SaveOptions options) {}
