package dev.step.daemon.journal;

import dev.step.protocol.BlockPlan;

/** What a journal says of its upload as a whole, written once when the upload begins. */
public record JournalHeader(
        UploadIdentity identity, UploadTarget target, BlockPlan plan, ContentCheck check, ClientFile clientFile) {}
