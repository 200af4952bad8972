package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.md5;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that come whole. */
@Timeout(120)
final class WholeFilesTest {
    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @Test
    void wholeFilesAreOneObjectEach() throws Exception {
        Arrivals arrivals = servers.one().arrivals();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] content = content(100 + i, i);
            contents.add(content);
            arrivals.add(new WholeFile(
                    new Key("whole" + i), ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        }
        List<Arrivals.Outcome> outcomes = arrivals.publish();
        for (int i = 0; i < 5; i++) {
            assertEquals(100 + i, outcomes.get(i).get().size());
            assertArrayEquals(contents.get(i), read(servers.other(), new Key("whole" + i)));
        }
        assertEquals(5, servers.s3().names("files/").size());
        assertEquals(List.of(), servers.s3().names("content/"));
        refused(Status.CONTENT_DIFFERS, () -> servers.one()
                .arrivals()
                .add(new WholeFile(KEY, ByteBuffer.wrap(new byte[3]), md5(new byte[4]), Optional.empty(), false)));
    }

    @Test
    void wholeFileTakesThePlaceOfAnotherOnlyWhereThatIsWanted() throws Exception {
        byte[] content = content(100, 14);
        put(servers.one(), spec(content(3 * BLOCK, 1)), content(3 * BLOCK, 1));
        Arrivals arrivals = servers.other().arrivals();
        arrivals.add(new WholeFile(KEY, ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        arrivals.add(new WholeFile(new Key("k"), ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        List<Arrivals.Outcome> outcomes = arrivals.publish();
        refused(Status.EXISTS, () -> outcomes.get(0).get());
        outcomes.get(1).get();
        arrivals.add(new WholeFile(KEY, ByteBuffer.wrap(content), md5(content), Optional.empty(), true));
        arrivals.publish().get(0).get();
        assertArrayEquals(content, read(servers.one(), KEY));
    }
}
