package dev.step.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.protocol.message.AccountStatus;
import dev.step.protocol.message.Quota;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
    @Test
    void everyLimitAndEveryPartIsNamed() {
        Quota quota = new Quota(OptionalLong.of(1 << 20), OptionalLong.of(100), OptionalLong.of(512 << 10));
        AccountStatus status =
                new AccountStatus("ann", new AccountStatus.Taken(3, 1_536, 2_048), quota, Optional.empty());
        assertEquals(
                "3 of 100 files, 1.5 KiB of 1.0 MiB, 2.0 KiB of unfinished uploads, at most 512.0 KiB a file",
                Allowance.words(status));
        assertEquals(
                "{\"files\":3,\"used_bytes\":1536,\"pending_bytes\":2048,\"quota_bytes\":1048576,\"quota_files\":100,"
                        + "\"max_file_bytes\":524288}",
                Allowance.add(status, Facts.none()).toString());
    }

    @Test
    void whoHasNoLimitsSeesOnlyWhatIsThere() {
        AccountStatus status = new AccountStatus("ann", new AccountStatus.Taken(1, 0, 0), Quota.NONE, Optional.empty());
        assertEquals("1 file, 0 B", Allowance.words(status));
    }
}
