package dev.step.daemon.store;

import dev.step.daemon.journal.JournalHeader;
import dev.step.protocol.message.SaveOptions;
import java.util.Objects;

/** Which announcements continue an upload, and which begin another. */
public final class Resumption {
    private Resumption() {}

    /** Whether a SAVE continues the upload with this header: it asks to, and is of the same content in the same way. */
    public static boolean continues(UploadSpec spec, JournalHeader header) {
        SaveOptions options = spec.options();
        return options.resume().wanted()
                && options.resume().fingerprint().isPresent()
                && Objects.equals(
                        options.resume().fingerprint().get(),
                        header.clientFile().fingerprint())
                && spec.plan().size() == header.plan().size()
                && options.publishing().replace() == header.target().replace()
                && options.publishing().verify() == header.check().verifyOnPublish();
    }
}
