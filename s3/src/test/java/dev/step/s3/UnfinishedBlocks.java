package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a bucket has of unfinished uploads, looked up without a server. */
record UnfinishedBlocks(ObjectStorage storage) {
    /** The bytes of each of these blocks, which the upload has received. */
    List<byte[]> read(Upload upload, List<Integer> blocks) throws IOException {
        UploadId id = UploadId.parse(upload.id()).orElseThrow();
        SegmentMap map = new SegmentMap(upload.plan(), segments(ObjectNames.content(id)));
        Map<SegmentName, byte[]> contents = new HashMap<>();
        List<byte[]> found = new ArrayList<>();
        for (int index : blocks) {
            SegmentMap.Piece piece = map.at(upload.plan().offset(index));
            if (!contents.containsKey(piece.segment())) {
                contents.put(
                        piece.segment(),
                        storage.get(piece.segment().in(id)).orElseThrow().bytes());
            }
            int from = (int) piece.offset();
            int end = from + upload.plan().length(index);
            found.add(Arrays.copyOfRange(contents.get(piece.segment()), from, end));
        }
        return found;
    }

    /** In the order in which they count. */
    private List<SegmentName> segments(String folder) throws IOException {
        List<SegmentName> segments = new ArrayList<>();
        Listings.forEach(
                storage,
                ObjectStorage.Range.of(folder),
                entry -> segments.add(SegmentName.parse(entry.name().substring(folder.length()))));
        segments.sort(SegmentName.BY_TIME);
        return segments;
    }
}
