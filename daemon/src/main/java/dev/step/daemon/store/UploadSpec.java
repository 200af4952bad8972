package dev.step.daemon.store;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;

/** What a SAVE asked for. */
public record UploadSpec(Key key, BlockPlan plan) {}
