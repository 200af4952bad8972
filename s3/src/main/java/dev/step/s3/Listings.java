package dev.step.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Listings of any length. */
final class Listings {
    private Listings() {}

    /** All objects of a range, however many pages they take. */
    static List<ObjectStorage.Entry> all(ObjectStorage storage, ObjectStorage.Range range) throws IOException {
        List<ObjectStorage.Entry> entries = new ArrayList<>();
        forEach(storage, range, entries::add);
        return entries;
    }

    /** Visits all objects of a range, page after page. */
    static void forEach(ObjectStorage storage, ObjectStorage.Range range, Visitor visitor) throws IOException {
        Optional<String> next = Optional.of(range.after());
        while (next.isPresent()) {
            ObjectStorage.Page page = storage.list(range.startingAfter(next.get()));
            for (ObjectStorage.Entry entry : page.entries()) {
                visitor.visit(entry);
            }
            next = page.last();
        }
    }

    /** Visits the beginnings, up to the next slash, of all names that start with this. */
    static void forEachFolder(ObjectStorage storage, String prefix, FolderVisitor visitor) throws IOException {
        ObjectStorage.Range range = new ObjectStorage.Range(prefix, "", "/");
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectStorage.Page page = storage.list(range.startingAfter(next.get()));
            for (String folder : page.folders()) {
                visitor.visit(folder);
            }
            next = page.beyondLast();
        }
    }

    /** Is shown the beginning of some names. */
    interface FolderVisitor {
        void visit(String folder) throws IOException;
    }

    /** Is shown an object. */
    interface Visitor {
        void visit(ObjectStorage.Entry entry) throws IOException;
    }
}
