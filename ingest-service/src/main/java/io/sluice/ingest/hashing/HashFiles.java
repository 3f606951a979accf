package io.sluice.ingest.hashing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.ingest.asset.RegisterAsset.ReadFile;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoot;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileStat;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

/**
 * Reads one batch of files, in the order of law 4: look at the file, read its bytes, read its header, look again; both
 * looks must show what was observed. Used once, by one thread.
 */
final class HashFiles {

    /** Reads the headers of the files that were read; one a file. */
    interface Headers {
        List<FileHeader> of(List<URI> files);
    }

    private record Opened(int index, FileLocation location, LibraryRoot root, Path file, ContentHash hash) {}

    private final LibraryRoots roots;
    private final ReadBytes bytes;
    private final Headers headers;
    private final Map<String, Library> libraries;
    private final Map<String, LibraryRoot> opened = new HashMap<>();
    private final List<Opened> read = new ArrayList<>();

    HashFiles(LibraryRoots roots, ReadBytes bytes, Headers headers, Map<String, Library> libraries) {
        this.roots = roots;
        this.bytes = bytes;
        this.headers = headers;
        this.libraries = libraries;
    }

    /** @param locations the rows of the batch, in its order; null where there is none */
    List<Outcome<HashResult>> hash(List<ClaimedWork> batch, List<@Nullable FileLocation> locations) {
        List<Outcome<HashResult>> outcomes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            outcomes.add(readBytes(i, batch.get(i), locations.get(i)));
        }
        List<FileHeader> found =
                headers.of(read.stream().map(file -> file.file().toUri()).toList());
        for (int i = 0; i < read.size(); i++) {
            Opened file = read.get(i);
            outcomes.set(file.index(), lookAgain(file, found.get(i)));
        }
        return outcomes;
    }

    private Outcome<HashResult> readBytes(int index, ClaimedWork work, @Nullable FileLocation location) {
        if (location == null || !location.present() || !location.stable() || location.content() != null) {
            return new Outcome.Ok<>(new HashResult.NotWanted(
                    location == null ? "its row is gone" : location.standing() + ", " + location.hashState()));
        }
        if (work.lost().getAsBoolean()) {
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "Stopped before the file was read");
        }
        LibraryRoot root;
        try {
            root = root(location.key().libraryId());
        } catch (CodedException e) {
            return outcome(e);
        }
        try {
            Path file = root.resolve(location.path());
            compare(location, ReadBytes.stat(file));
            read.add(new Opened(
                    index,
                    location,
                    root,
                    file,
                    bytes.hash(file, location.stat().size(), work.lost())));
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "Not looked at again yet");
        } catch (IOException e) {
            return outcome(root.lost(e, location.path()));
        } catch (CodedException e) {
            return outcome(e);
        }
    }

    private Outcome<HashResult> lookAgain(Opened file, FileHeader header) {
        FileLocation location = file.location();
        try {
            FileStat stat = ReadBytes.stat(file.file());
            compare(location, stat);
            return new Outcome.Ok<>(
                    new HashResult.Read(new ReadFile(location.key(), location.stat(), file.hash(), header)));
        } catch (IOException e) {
            return outcome(file.root().lost(e, location.path()));
        } catch (CodedException e) {
            return outcome(e);
        }
    }

    private LibraryRoot root(String libraryId) {
        LibraryRoot known = opened.get(libraryId);
        if (known == null) {
            Library library = libraries.get(libraryId);
            if (library == null) {
                throw new CodedException(
                        ErrorCode.LIBRARY_STALE,
                        "Nothing is known of library " + libraryId + " yet; the scanner tells it");
            }
            known = roots.open(library);
            opened.put(libraryId, known);
        }
        return known;
    }

    private static void compare(FileLocation observed, FileStat now) {
        if (!observed.stat().sameBytes(now)) {
            throw new CodedException(
                    ErrorCode.SOURCE_CHANGED,
                    "The file is not the one that was observed; its next observation decides: " + observed.path());
        }
    }

    /** A file that is gone is no failure of ours: its next observation takes the work down or brings the file back. */
    private static Outcome<HashResult> outcome(CodedException e) {
        String reason = String.valueOf(e.getMessage());
        boolean waits = e.code().kind() == ErrorKind.CAPACITY || e.code() == ErrorCode.FILE_VANISHED;
        return waits ? new Outcome.Interrupted<>(e.code(), reason) : new Outcome.Failed<>(e.code(), reason);
    }
}
