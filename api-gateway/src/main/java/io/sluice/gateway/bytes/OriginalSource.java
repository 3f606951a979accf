package io.sluice.gateway.bytes;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.library.LibraryRoots;

/** Finds a location whose file is still the one that was hashed, and opens it. */
@ApplicationScoped
class OriginalSource {

    private static final Logger LOG = Logger.getLogger(OriginalSource.class);

    private final LibraryRoots roots;
    private final Places places;
    private final GatewayMetrics metrics;

    OriginalSource(LibraryRoots roots, Places places, GatewayMetrics metrics) {
        this.roots = roots;
        this.places = places;
        this.metrics = metrics;
    }

    /** @throws CodedException when no location gives it: why, by the most telling one */
    ServedFile open(AssetState asset) {
        CodedException why = null;
        for (FileLocation location : asset.getLocationsList()) {
            if (!location.getPresent()) {
                continue;
            }
            try {
                return open(location);
            } catch (CodedException failure) {
                why = moreTelling(why, failure);
            }
        }
        throw why != null ? why : nowhere(asset);
    }

    private ServedFile open(FileLocation location) {
        LibraryState library = roots.withId(location.getLibraryId()).orElseThrow(this::unknownLibrary);
        if (library.getHealth().getState() != HealthState.HEALTH_STATE_ONLINE) {
            throw new CodedException(ErrorCode.LIBRARY_STALE, stale(library));
        }
        Path mount = places.mount(library.getMount())
                .orElseThrow(() -> new CodedException(
                        ErrorCode.LIBRARY_STALE,
                        "The gateway has no mount \"" + library.getMount() + "\"; set sluice.mounts."
                                + library.getMount() + " for it as for the scanner."));
        try {
            FileWithin file = FileWithin.resolve(mount, library.getSubPath(), location.getPath());
            return open(file, location.getStat());
        } catch (NoSuchFileException gone) {
            throw new CodedException(
                    ErrorCode.FILE_VANISHED,
                    "The file is not in its library any more; the next scan takes note of that.",
                    gone);
        } catch (IOException unreadable) {
            LOG.warnf("original unreadable library=%s cause=%s", library.getName(), unreadable);
            throw new CodedException(
                    ErrorCode.FILE_UNREADABLE,
                    "The file cannot be read from library \"" + library.getName()
                            + "\". Check that its disk is healthy and that the gateway may read it.",
                    unreadable);
        }
    }

    private ServedFile open(FileWithin file, FileStat observed) throws IOException {
        requireSame(observed, file.stat());
        SeekableByteChannel channel = file.open();
        try {
            requireSame(observed, file.stat());
            if (channel.size() != observed.getSize()) {
                throw changed();
            }
            return new ServedFile(channel, observed.getSize(), () -> requireSame(observed, file.stat()));
        } catch (CodedException | IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Birth times are left out: they never change, and file systems differ in whether they tell them. */
    private void requireSame(FileStat observed, FileStat now) {
        boolean same = observed.getSize() == now.getSize()
                && observed.getMtimeNs() == now.getMtimeNs()
                && (observed.getCtimeNs() == 0 || observed.getCtimeNs() == now.getCtimeNs())
                && (observed.getInode() == 0 || observed.getInode() == now.getInode());
        if (!same) {
            throw changed();
        }
    }

    private CodedException changed() {
        metrics.sourceChanged();
        return new CodedException(
                ErrorCode.SOURCE_CHANGED,
                "The file was changed since it was taken in, so its bytes are not sent under the old hash."
                        + " The next scan takes the new ones in; look for the asset that has its path then.");
    }

    private CodedException unknownLibrary() {
        return roots.caughtUp()
                ? new CodedException(ErrorCode.LIBRARY_STALE, "The library of this file is not configured any more.")
                : new CodedException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "The gateway has just started and does not know the libraries yet. Try again in some seconds.");
    }

    private static CodedException nowhere(AssetState asset) {
        String detail = asset.getSupersededBy().isEmpty()
                ? "No library has a file with these bytes at the moment."
                : "The file was edited; the asset that took its place is named in superseded_by.";
        return new CodedException(ErrorCode.NOT_FOUND, detail);
    }

    private static String stale(LibraryState library) {
        String reason = Optional.of(library.getHealth().getReason())
                .filter(text -> !text.isEmpty())
                .orElse("it is " + (library.getEnabled() ? "not reachable" : "disabled"));
        return "The file lies in library \"" + library.getName() + "\", which is not online: " + reason;
    }

    /** A file that changed says most; a library that is away says more than a file that is. */
    private static CodedException moreTelling(@Nullable CodedException known, CodedException other) {
        return known == null || rank(other.code()) > rank(known.code()) ? other : known;
    }

    private static int rank(ErrorCode code) {
        return switch (code) {
            case SOURCE_CHANGED -> 3;
            case LIBRARY_STALE, SERVICE_UNAVAILABLE -> 2;
            case FILE_UNREADABLE, FILE_VANISHED -> 1;
            default -> 0;
        };
    }
}
