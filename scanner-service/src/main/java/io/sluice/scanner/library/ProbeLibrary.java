package io.sluice.scanner.library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.Stats;
import io.sluice.scanner.walk.WalkRules;

/**
 * Looks whether a library is provably there: its root can be reached inside its mount, is a directory, can be read, and
 * is not empty while files of it are known. What cannot be found out counts as no.
 */
public final class ProbeLibrary {

    /** A disk that has to spin up answers well within it; a request of a person waits it out. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, RawPath> mounts;
    private final KnownFiles knownFiles;
    private final Stats stats;
    private final Map<LibraryId, TimeLimit> limits = new ConcurrentHashMap<>();

    public ProbeLibrary(Map<String, RawPath> mounts, KnownFiles knownFiles, Stats stats) {
        this.mounts = mounts;
        this.knownFiles = knownFiles;
        this.stats = stats;
    }

    private record Root(Probe.Passed directory, boolean empty) {}

    /** Never throws for the library's sake: what goes wrong is the answer. */
    public Probe probe(Library library) {
        RawPath mount = mounts.get(library.mount());
        if (mount == null) {
            return new Probe.Failed("Its mount \"" + library.mount() + "\" is not configured here; set sluice.mounts."
                    + library.mount() + ".");
        }
        RawPath configured = library.subPath().isEmpty() ? mount : mount.child(library.subPath());
        Root root;
        try {
            root = limits.computeIfAbsent(library.id(), id -> new TimeLimit(library.name(), PATIENCE))
                    .call(() -> look(mount, configured));
        } catch (TimeoutException late) {
            return new Probe.Failed(configured + " does not answer within " + PATIENCE.toSeconds()
                    + " s; see whether what is mounted there is alive.");
        } catch (ExecutionException failure) {
            return new Probe.Failed(why(configured, failure.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Probe.Failed("The look at " + configured + " was interrupted; it is repeated.");
        }
        return judge(library, configured, root);
    }

    private Probe judge(Library library, RawPath configured, Root root) {
        boolean filesKnown;
        try {
            filesKnown = knownFiles.anyPresent(library.id());
        } catch (RuntimeException failure) {
            return new Probe.Failed("Whether files of it are known could not be asked (" + failure.getMessage()
                    + "), so an empty root could not be told from a lost one; repair the scanner's database.");
        }
        return root.empty() && filesKnown
                ? new Probe.Failed(
                        configured + " is empty although files of it are known; mount it again. If you emptied it"
                                + " on purpose, set sluice.libraries." + library.name() + ".enabled=false.")
                : root.directory();
    }

    private Root look(RawPath mount, RawPath configured) throws IOException {
        Path realMount = mount.toPath().toRealPath();
        Path real = configured.toPath().toRealPath();
        if (!real.startsWith(realMount)) {
            throw new IOException("a link leads it out of its mount to " + RawPath.of(real)
                    + "; make it a mount of its own (sluice.mounts)");
        }
        Stats.Entry entry = stats.of(real);
        if (!entry.directory()) {
            throw new IOException("it is no directory; correct the path");
        }
        return new Root(
                new Probe.Passed(RawPath.of(real), entry.device(), entry.stat().inode()), empty(real));
    }

    private static boolean empty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!WalkRules.hidden(RawPath.nameOf(entry))) {
                    return false;
                }
            }
            return true;
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static String why(RawPath root, @Nullable Throwable failure) {
        return switch (failure) {
            case NoSuchFileException gone ->
                root + " is not there; mount it, or correct sluice.mounts and the library's path.";
            case AccessDeniedException denied ->
                root + " may not be read by this service; give its user read and search permission.";
            case null -> root + " cannot be used.";
            default -> root + " cannot be used: " + failure.getMessage() + ".";
        };
    }
}
