package dev.step.s3;

import com.google.gson.JsonObject;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.DataList;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store in a bucket, to be read only. Nobody can know whether a server has it open. */
final class S3Source implements StoreSource {
    private static final int PAGE = 1_000;

    private final SharedParts parts;

    private S3Source(ObjectStorage storage) {
        this.parts = SharedParts.of(storage, InstantSource.system());
    }

    /**
     * Opens a store.
     *
     * @param storage closed with this
     * @throws IOException also when it is none
     */
    static S3Source open(ObjectStorage storage) throws IOException {
        BucketFormat.require(storage);
        return new S3Source(storage);
    }

    @Override
    public List<UserName> users() throws IOException {
        Set<UserName> users = new LinkedHashSet<>();
        for (String top : List.of(ObjectNames.FILES, ObjectNames.VALUES)) {
            Listings.forEachFolder(parts.storage(), top, folder -> users.add(user(top, folder)));
        }
        return new ArrayList<>(users);
    }

    /** What is nobody's must not be left behind unsaid. */
    private static UserName user(String top, String folder) throws IOException {
        return ObjectNames.user(folder.substring(top.length()))
                .orElseThrow(() -> new IOException("The store has a folder that is no user's, " + folder
                        + ": move its objects elsewhere, or remove them"));
    }

    @Override
    public void forEachFile(UserName user, FileVisitor visitor) throws IOException {
        UserObjects objects = UserObjects.of(new ObjectNames(user), parts);
        FileListing listing = listing(objects);
        ListQuery query = firstPage(true);
        boolean isLast = false;
        while (!isLast) {
            FileList page = listing.page(query);
            for (FileDetail file : page.details().orElseThrow()) {
                visitor.visit(file, () -> content(objects, file.key()));
            }
            isLast = page.after().isEmpty();
            query = next(query, page.after());
        }
    }

    private FileListing listing(UserObjects objects) {
        return FileListing.readOnly(objects);
    }

    private static ListQuery firstPage(boolean detail) {
        return new ListQuery("", Optional.empty(), Optional.empty(), PAGE, detail);
    }

    private static ListQuery next(ListQuery query, Optional<String> after) {
        return new ListQuery(query.prefix(), query.delimiter(), after, query.limit(), query.detail());
    }

    private OpenFile content(UserObjects objects, Key key) throws IOException {
        FileObjects.Found found = objects.files()
                .read(key)
                .orElseThrow(() -> new IOException("it is gone; a server is running that should be stopped"));
        return new ContentReader(parts.storage(), found.object());
    }

    @Override
    public void forEachValue(UserName user, ValueVisitor visitor) throws IOException {
        UserObjects objects = UserObjects.of(new ObjectNames(user), parts);
        S3Data data = S3Data.listingAll(objects, new UserRoom(objects, listing(objects), () -> Quotas.NONE));
        ListQuery query = firstPage(false);
        boolean isLast = false;
        while (!isLast) {
            DataList page = data.list(query);
            for (Key key : page.keys()) {
                visitor.visit(key, () -> value(data, key));
            }
            isLast = page.after().isEmpty();
            query = next(query, page.after());
        }
    }

    private static JsonObject value(S3Data data, Key key) throws IOException {
        try {
            return data.get(key);
        } catch (RefusedException e) {
            throw new IOException("it is gone; a server is running that should be stopped", e);
        }
    }

    @Override
    public long unfinishedUploads() throws IOException {
        long[] uploads = {0};
        Listings.forEach(parts.storage(), ObjectStorage.Range.of(ObjectNames.UPLOADS), entry -> uploads[0]++);
        return uploads[0];
    }

    @Override
    public void close() throws IOException {
        parts.together().close();
        parts.storage().close();
    }
}
