package dev.step.s3;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Objects under names, which is all that the store needs of S3. Whoever reads or lists sees everything that was answered
 * before; of many who create or replace the same object, exactly one succeeds. Safe for any number of threads.
 *
 * <p>What fails for a moment is tried again in here, a few times. An {@link IOException} says that it went on failing: then
 * nobody knows whether a change was made.
 */
interface ObjectStorage extends Closeable {
    /** How long it may take to find out whether objects can be written. */
    int MOST_SECONDS_OF_A_TRY = 5;

    /** How long an object must have been as it is until its time tells it from any later one: times are in whole seconds. */
    Duration SETTLED = Duration.ofSeconds(2);

    /** Comes after every character of a name. */
    String BEYOND_ALL = "\u007F";

    /** All of an object. */
    Optional<Content> get(String name) throws IOException;

    /**
     * A part of an object.
     *
     * @param from its first byte, which the object must have
     * @param length in bytes; fewer are answered where the object ends
     */
    Optional<Content> get(String name, long from, int length) throws IOException;

    /**
     * Makes an object, unless there is one of this name.
     *
     * @param content different from that of every other call, so that a repeated attempt can tell that the first one has
     *     made the object
     * @return its tag; empty when there is another
     */
    Optional<String> create(String name, byte[] content) throws IOException;

    /**
     * Replaces an object that still has this tag.
     *
     * @param content as with {@link #create}
     * @return its new tag; empty when the object has another tag, or is gone
     */
    Optional<String> replace(String name, String tag, byte[] content) throws IOException;

    /**
     * Makes an object as {@link #create(String, byte[])} does, and notes something with it.
     *
     * @param owner at most 2,000 letters, digits and "-_."
     */
    Optional<String> create(String name, byte[] content, String owner) throws IOException;

    /**
     * Copies an object; nothing is said about one of that name which exists.
     *
     * @param owner noted with the copy, instead of what is with the original
     */
    void copy(String from, String to, String owner) throws IOException;

    /** What was noted with an object; empty when nothing was, or there is no object. */
    Optional<String> owner(String name) throws IOException;

    /** Removes an object, if there is one. */
    void delete(String name) throws IOException;

    /**
     * Removes an object that is still as it was seen, and was for more than {@link #SETTLED} then. Storages that know no
     * condition for that, neither the standard's nor Ceph's, remove whatever has the name: there, the caller must have
     * looked a moment ago.
     */
    void delete(String name, Content seen) throws IOException;

    /**
     * Writes an object of this name, whether there is one or not, and leaves it there. Gives up after
     * {@link #MOST_SECONDS_OF_A_TRY} seconds.
     *
     * @throws IOException when that does not work at the moment
     */
    void tryWriting(String name) throws IOException;

    /** Ends all that was begun. Closing twice does nothing. */
    @Override
    void close();

    /** A page of objects, in the order of their names. */
    Page list(Range range) throws IOException;

    /**
     * What an object holds.
     *
     * @param tag changes whenever the content does
     * @param modified since when it does so, by the storage's clock, in whole seconds
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Content(byte[] bytes, String tag, Instant modified) {}

    /**
     * An object in a listing.
     *
     * @param size in bytes
     */
    record Entry(String name, String tag, long size, Instant modified) {}

    /**
     * Which objects to list.
     *
     * @param prefix what their names start with
     * @param after only names beyond this one; may be empty
     * @param delimiter names that have this after the prefix are listed as one folder; empty: none
     */
    record Range(String prefix, String after, String delimiter) {
        /** All under this prefix. */
        static Range of(String prefix) {
            return new Range(prefix, "", "");
        }

        Range startingAfter(String name) {
            return new Range(prefix, name, delimiter);
        }
    }

    /**
     * A page of a listing.
     *
     * @param folders the names' beginnings that the delimiter gathered, each ending with it
     * @param last where the next page starts; empty when this is the last one
     */
    record Page(List<Entry> entries, List<String> folders, Optional<String> last) {
        /** Where the next page starts that shows none of these folders again; empty when this is the last one. */
        Optional<String> beyondLast() {
            return last.map(name -> folders.contains(name) ? name + BEYOND_ALL : name);
        }
    }
}
