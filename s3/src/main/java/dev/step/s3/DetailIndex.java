package dev.step.s3;

import dev.step.s3.KnownFiles.Tagged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one user's files, in pages that have it for many of them: whoever lists details or counts reads one object for
 * a thousand files instead of a thousand. The page {@code index/USER/-FROM} is for the names from this one on, up to the next
 * page's; the first one's FROM is empty.
 *
 * <p>The files' own objects are the truth. What a page says of a file counts only while the file's object has the tag that the
 * page names. So a page may be behind, be lost, or be shadowed by one that another server makes at the same time: this
 * costs requests, and nothing else. Pages are written by those who had to read files' objects for want of them.
 *
 * <p>For one look at the files by one thread: pages that others write meanwhile are not seen.
 */
final class DetailIndex {
    private static final Logger LOG = LoggerFactory.getLogger(DetailIndex.class);
    private static final char ROOT = '-';

    /** A page with more files than this is divided. */
    static final int MOST_FILES = 2_000;
    /** How many files the pages have that one is divided into. */
    private static final int FILES_AFTER_DIVISION = MOST_FILES / 2;
    /** How long, in pages of a listing, a look for files that are gone may take. */
    private static final int MOST_LISTS = 10;

    private final ObjectStorage storage;
    private final ObjectNames names;
    /** The tags of the pages, by the names that they begin with. Null until they were listed. */
    private @Nullable NavigableMap<String, String> pages;

    private String loadedFrom = "";
    private @Nullable IndexPage loaded;

    DetailIndex(ObjectNames names, ObjectStorage storage) {
        this.names = names;
        this.storage = storage;
    }

    /** What the index knows of these files, by the names of their objects. */
    Map<String, Tagged> recall(List<ObjectStorage.Entry> files) throws IOException {
        Map<String, Tagged> known = new HashMap<>();
        for (ObjectStorage.Entry entry : files) {
            String name = nameBelow(entry.name());
            Tagged file = load(beginning(name)).files().get(name);
            if (file != null && file.isOf(entry)) {
                known.put(entry.name(), file);
            }
        }
        return known;
    }

    /** Adds what was read of files, by the names of their objects. Nothing is lost when that fails. */
    void remember(Map<String, Tagged> read) {
        try {
            Map<String, NavigableMap<String, Tagged>> byPage = new TreeMap<>();
            for (Map.Entry<String, Tagged> file : read.entrySet()) {
                String name = nameBelow(file.getKey());
                if (!KeyName.isCut(name)) { // whose keys they do not say
                    byPage.computeIfAbsent(beginning(name), from -> new TreeMap<>())
                            .put(name, file.getValue());
                }
            }
            for (Map.Entry<String, NavigableMap<String, Tagged>> page : byPage.entrySet()) {
                add(page.getKey(), page.getValue());
            }
        } catch (IOException e) {
            LOG.debug("The index of {} stays as it is", names.files(), e);
        }
    }

    private String nameBelow(String file) {
        return file.substring(names.files().length());
    }

    /** What the page begins with that this name belongs to, whether there is such a page or not. */
    private String beginning(String name) throws IOException {
        return Optional.ofNullable(pages().floorKey(name)).orElse("");
    }

    private NavigableMap<String, String> pages() throws IOException {
        NavigableMap<String, String> known = pages;
        if (known == null) {
            NavigableMap<String, String> listed = new TreeMap<>();
            String root = names.index() + ROOT;
            Listings.forEach(
                    storage,
                    ObjectStorage.Range.of(root),
                    entry -> listed.put(entry.name().substring(root.length()), entry.tag()));
            known = listed;
            pages = known;
        }
        return known;
    }

    private String pageName(String from) {
        return names.index() + ROOT + from;
    }

    private IndexPage load(String from) throws IOException {
        IndexPage page = loaded;
        if (page == null || !loadedFrom.equals(from)) {
            page = pages().containsKey(from) ? read(from) : IndexPage.EMPTY;
            loadedFrom = from;
            loaded = page;
        }
        return page;
    }

    private IndexPage read(String from) throws IOException {
        Optional<ObjectStorage.Content> content = storage.get(pageName(from));
        Optional<IndexPage> page = content.map(ObjectStorage.Content::bytes).flatMap(IndexPage::read);
        if (content.isPresent()) {
            pages().put(from, content.get().tag());
        }
        if (content.isPresent() && page.isEmpty()) {
            LOG.warn("The object {} is damaged, and will be written anew", pageName(from));
        }
        return page.orElse(IndexPage.EMPTY);
    }

    private void add(String from, NavigableMap<String, Tagged> read) throws IOException {
        NavigableMap<String, Tagged> files = new TreeMap<>(load(from).files());
        files.putAll(read);
        if (files.size() > MOST_FILES) {
            removeGone(from, files);
        }
        List<NavigableMap<String, Tagged>> parts = files.size() > MOST_FILES ? divided(files) : List.of(files);
        for (int i = parts.size() - 1; i > 0; i--) { // the first part last: until then, the old page has all
            write(parts.get(i).firstKey(), parts.get(i));
        }
        write(from, parts.get(0));
    }

    private static List<NavigableMap<String, Tagged>> divided(NavigableMap<String, Tagged> files) {
        List<NavigableMap<String, Tagged>> parts = new ArrayList<>();
        NavigableMap<String, Tagged> part = new TreeMap<>();
        for (Map.Entry<String, Tagged> file : files.entrySet()) {
            if (parts.isEmpty() || part.size() == FILES_AFTER_DIVISION) {
                part = new TreeMap<>();
                parts.add(part);
            }
            part.put(file.getKey(), file.getValue());
        }
        return parts;
    }

    /** Removes files that are there no longer, or have another content, as far as that is found out soon. */
    private void removeGone(String from, NavigableMap<String, Tagged> files) throws IOException {
        String after = from.isEmpty() ? "" : names.files() + from;
        String last = names.files() + files.lastKey();
        Map<String, String> tags = new HashMap<>();
        Optional<String> next = Optional.of(after);
        for (int i = 0;
                i < MOST_LISTS && next.filter(name -> name.compareTo(last) < 0).isPresent();
                i++) {
            ObjectStorage.Page page =
                    storage.list(ObjectStorage.Range.of(names.files()).startingAfter(next.get()));
            page.entries().forEach(entry -> tags.put(entry.name(), entry.tag()));
            next = page.last();
        }
        String end = next.orElse(last);
        files.entrySet().removeIf(file -> {
            String name = names.files() + file.getKey();
            return name.compareTo(after) > 0
                    && name.compareTo(end) <= 0
                    && !file.getValue().tag().equals(tags.get(name));
        });
    }

    /** Unless another server has just written the same page. */
    private void write(String from, NavigableMap<String, Tagged> files) throws IOException {
        byte[] page = new IndexPage(files).encode();
        String before = pages().get(from);
        Optional<String> written =
                before == null ? storage.create(pageName(from), page) : storage.replace(pageName(from), before, page);
        loaded = null;
        if (written.isPresent()) {
            pages().put(from, written.get());
        } else {
            pages = null; // they are others than it seemed
        }
    }
}
