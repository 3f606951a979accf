package io.sluice.scanner.handover;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.Stats;
import io.sluice.scanner.walk.WalkRules;

/**
 * One listing of a mount's root: manifests and sentinels with their stats, payload folders by name. Hidden names, links
 * and everything else are passed over.
 */
public final class BundleListing {

    private static final Logger LOG = Logger.getLogger(BundleListing.class);
    private static final byte[] MANIFEST = ".json".getBytes(US_ASCII);
    private static final byte[] SENTINEL = ".ready".getBytes(US_ASCII);

    private final RawPath root;
    private final Stats stats;
    private final FileStat rootStat;
    private final Map<RawPath, BundleFiles> bundles = new HashMap<>();
    private final Set<RawPath> payloads = new HashSet<>();
    private final Set<RawPath> unclear = new HashSet<>();
    private boolean complete = true;

    private BundleListing(RawPath root, Stats stats) throws IOException {
        this.root = root;
        this.stats = stats;
        this.rootStat = stats.of(root.toPath()).stat();
    }

    /**
     * @param stopped asked between entries, which shows as well that the file system answers
     * @throws IOException when the root cannot be listed to its end
     */
    public static BundleListing of(RawPath root, Stats stats, BooleanSupplier stopped) throws IOException {
        BundleListing listing = new BundleListing(root, stats);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.toPath())) {
            for (Path entry : entries) {
                if (stopped.getAsBoolean()) {
                    listing.complete = false;
                    break;
                }
                listing.look(entry);
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return listing;
    }

    /** The root as it was before it was listed. */
    public FileStat rootStat() {
        return rootStat;
    }

    /** False when it was stopped. */
    public boolean complete() {
        return complete;
    }

    /** How many names have a manifest or a sentinel. */
    public int size() {
        return bundles.size();
    }

    /** How many files could not be asked. */
    public int unreadable() {
        return unclear.size();
    }

    boolean unclear(RawPath name) {
        return unclear.contains(name);
    }

    Set<RawPath> names() {
        return bundles.keySet();
    }

    boolean hasPayloadOf(RawPath name) {
        return payloads.contains(name);
    }

    /** The files of that name. One that the listing has not is asked for itself: a listing may miss what is renamed. */
    BundleFiles filesOf(RawPath name) {
        BundleFiles listed = bundles.get(name);
        if (listed != null) {
            return listed;
        }
        try {
            return new BundleFiles(
                    stats.ofFile(withEnding(name, MANIFEST)).orElse(null),
                    stats.ofFile(withEnding(name, SENTINEL)).orElse(null));
        } catch (IOException failure) {
            doubt(name, failure);
            return BundleFiles.NONE;
        }
    }

    private void look(Path entry) {
        RawPath file = RawPath.nameOf(entry);
        if (WalkRules.hidden(file)) {
            return;
        }
        byte[] bytes = file.bytes();
        boolean manifest = endsWith(bytes, MANIFEST);
        boolean sentinel = endsWith(bytes, SENTINEL);
        if (!manifest && !sentinel) {
            // A name is enough: should it be no folder, nothing is lost but a safeguard.
            payloads.add(file);
            return;
        }
        RawPath name = RawPath.of(Arrays.copyOf(bytes, bytes.length - (manifest ? MANIFEST : SENTINEL).length));
        try {
            Stats.Entry found = stats.of(entry);
            if (found.file()) {
                BundleFiles before = bundles.getOrDefault(name, BundleFiles.NONE);
                bundles.put(name, manifest ? before.withManifest(found.stat()) : before.withSentinel(found.stat()));
            }
        } catch (NoSuchFileException gone) {
            // Between the listing and the look: gone is gone.
        } catch (IOException failure) {
            doubt(name, failure);
        }
    }

    private void doubt(RawPath name, IOException failure) {
        unclear.add(name);
        LOG.debugf("Cannot look at bundle=%s: %s", name, failure);
    }

    private Path withEnding(RawPath name, byte[] ending) {
        byte[] file = Arrays.copyOf(name.bytes(), name.length() + ending.length);
        System.arraycopy(ending, 0, file, name.length(), ending.length);
        return RawPath.of(file).under(root);
    }

    /** Longer than the ending: a hidden name is none, so a name is never empty. */
    private static boolean endsWith(byte[] name, byte[] ending) {
        return name.length > ending.length
                && Arrays.equals(name, name.length - ending.length, name.length, ending, 0, ending.length);
    }
}
