package dev.step.daemon.place;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds who knows places of a kind: on the class path, or in the folders of jars that the launcher names. Those are looked
 * into only when somebody asks, so that a server on a file system neither opens nor loads anything of them.
 */
public final class StoreProviders {
    /** Folders of jars, separated as in a class path. */
    static final String FOLDERS = "step.extensions";

    private StoreProviders() {}

    /**
     * The place with this address.
     *
     * @throws IOException in words for the admin, also when no module knows such places
     */
    public static StorePlace place(StoreAddress address) throws IOException {
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class, extensions())) {
            if (provider.scheme().equals(address.scheme())) {
                return provider.place(address);
            }
        }
        throw new IOException("Nothing here knows stores at " + address.scheme()
                + "://: install the package step-server-" + address.scheme() + " (in a source tree: mvn -Dquick -pl "
                + address.scheme() + " -am package)");
    }

    /** Never closed: what it has loaded is used until the process ends. */
    private static ClassLoader extensions() throws IOException {
        ClassLoader own = StoreProviders.class.getClassLoader();
        List<URL> jars = new ArrayList<>();
        for (String folder : System.getProperty(FOLDERS, "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
                addJars(Path.of(folder), jars);
            }
        }
        return jars.isEmpty() ? own : new URLClassLoader("extensions", jars.toArray(new URL[0]), own);
    }

    private static void addJars(Path folder, List<URL> jars) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : found) {
                jars.add(url(jar));
            }
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every path is a URL", e);
        }
    }
}
