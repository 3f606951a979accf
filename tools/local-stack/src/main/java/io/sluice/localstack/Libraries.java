package io.sluice.localstack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The libraries of a stack, by name. They are remembered: an {@code up} without options goes on with all of them, and
 * one whose folder is away is told to the scanner all the same, which then says that it is stale.
 */
final class Libraries {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final StackFolder folder;
    private final Map<String, LibraryRoot> all = new TreeMap<>();

    Libraries(StackFolder folder) {
        this.folder = folder;
        if (Files.exists(folder.libraries())) {
            Properties kept = new Properties();
            try (Reader in = Files.newBufferedReader(folder.libraries())) {
                kept.load(in);
            } catch (IOException e) {
                throw new StackException("Cannot read " + folder.libraries() + ": " + e, e);
            }
            kept.stringPropertyNames().forEach(name -> all.put(name, LibraryRoot.parse(kept.getProperty(name))));
        }
    }

    Map<String, LibraryRoot> all() {
        return Map.copyOf(all);
    }

    /** Adds or moves a library of media files. */
    void add(String name, Path given) {
        add(name, given, false);
    }

    /** Adds or moves a mount that bundles are delivered on. */
    void addHandover(String name, Path given) {
        add(name, given, true);
    }

    private void add(String name, Path given, boolean handover) {
        if (!NAME.matcher(name).matches()) {
            throw new StackException("'" + name
                    + "' cannot be a library's name. Use up to 63 letters, digits, dots, - and _, e.g. holiday-2026");
        }
        Path path = given.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new StackException("The folder of library " + name + " is not there: " + path
                    + ". Make it, or correct " + (handover ? "--handover DIR" : "--library " + name + "=DIR"));
        }
        if (folder.root().startsWith(path)) {
            throw new StackException(
                    "The folder of library " + name + ", " + path + ", contains the state folder " + folder.root()
                            + ": the stack would take in its own thumbnails. Use another state folder: --data DIR");
        }
        all.put(name, new LibraryRoot(path, handover));
    }

    void keep() {
        Properties kept = new Properties();
        all.forEach((name, root) -> kept.setProperty(name, root.text()));
        try (Writer out = Files.newBufferedWriter(folder.libraries())) {
            kept.store(out, "Libraries of this stack; take a line out to forget one");
        } catch (IOException e) {
            throw new StackException("Cannot write " + folder.libraries() + ": " + e, e);
        }
    }
}
