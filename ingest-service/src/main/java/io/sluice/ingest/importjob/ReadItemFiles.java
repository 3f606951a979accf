package io.sluice.ingest.importjob;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.ingest.handover.Batch;
import io.sluice.ingest.handover.BatchItem;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.FindDeliverables;
import io.sluice.ingest.handover.PayloadFolder;
import io.sluice.ingest.handover.PayloadFolder.Payload;
import io.sluice.ingest.hashing.ReadBytes;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.ingest.provenance.SourceFiles;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

/**
 * Reads the files of one batch of items in the order of law 4: look, read the bytes, read the header, look again. Used
 * once, by one thread.
 */
final class ReadItemFiles {

    /** Reads the headers of the files that were read; one a file. */
    interface Headers {
        List<FileHeader> of(List<URI> files);
    }

    private record Opened(
            int index,
            Batch batch,
            PayloadFolder payload,
            byte[] path,
            Payload.File file,
            ContentHash hash,
            SourceFiles sources,
            FindDeliverables.Found delivered) {}

    private final LibraryRoots roots;
    private final Map<String, Library> libraries;
    private final ReadBytes bytes;
    private final ReadSources sources;
    private final Headers headers;
    private final Map<BatchId, PayloadFolder> payloads = new HashMap<>();
    private final List<Opened> read = new ArrayList<>();

    ReadItemFiles(
            LibraryRoots roots, Map<String, Library> libraries, ReadBytes bytes, ReadSources sources, Headers headers) {
        this.roots = roots;
        this.libraries = libraries;
        this.bytes = bytes;
        this.sources = sources;
        this.headers = headers;
    }

    List<Outcome<ItemResult>> read(List<ClaimedWork> works, List<ItemKey> keys, Map<String, ItemsAtHand.OfJob> jobs) {
        List<Outcome<ItemResult>> outcomes = new ArrayList<>(works.size());
        for (int i = 0; i < works.size(); i++) {
            ItemsAtHand.OfJob job = jobs.get(keys.get(i).jobId());
            BatchItem item = job == null ? null : job.item(keys.get(i).position());
            outcomes.add(
                    job == null || item == null
                            ? new Outcome.Ok<>(new ItemResult.NotWanted("its job does not run, or it is decided"))
                            : outcomeOf(i, job.batch(), item, works.get(i).lost()));
        }
        List<FileHeader> found =
                headers.of(read.stream().map(file -> file.file().path().toUri()).toList());
        for (int i = 0; i < read.size(); i++) {
            outcomes.set(read.get(i).index(), lookAgain(read.get(i), found.get(i)));
        }
        return outcomes;
    }

    private Outcome<ItemResult> outcomeOf(int index, Batch batch, BatchItem item, BooleanSupplier lost) {
        if (lost.getAsBoolean()) {
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "Stopped before the item was read");
        }
        try {
            refuseUnreadable(item);
            return switch (item.assetType()) {
                case "photo", "video" -> primary(index, batch, item, lost);
                case "cover" -> cover(batch, item);
                case "gallery_legacy", "collection" -> new Outcome.Ok<>(new ItemResult.Group());
                default ->
                    new Outcome.Failed<>(
                            ErrorCode.ITEM_TYPE_REFUSED,
                            "Nobody knows asset type '" + item.assetType()
                                    + "'; known are photo, video, cover, gallery_legacy and collection");
            };
        } catch (CodedException e) {
            return outcome(whileTheBundleStands(batch, e));
        }
    }

    /** What preflight found wrong with the entry itself stays wrong. */
    private static void refuseUnreadable(BatchItem item) {
        if (item.externalHash() == null) {
            Decided predicted = item.decided();
            ErrorCode code = predicted == null ? null : predicted.error();
            throw new CodedException(
                    code == null ? ErrorCode.MANIFEST_INVALID : code,
                    predicted == null || predicted.reason().isEmpty()
                            ? "The entry has no asset_hash of 32 lowercase hex digits; the sender must mend the manifest"
                            : predicted.reason());
        }
    }

    private Outcome<ItemResult> primary(int index, Batch batch, BatchItem item, BooleanSupplier lost) {
        PayloadFolder payload = payload(batch);
        byte[] path = pathOf(item);
        Payload.File file = find(payload, path, item.bytes());
        try {
            ContentHash hash = bytes.hash(file.path(), file.stat().size(), lost);
            read.add(new Opened(
                    index,
                    batch,
                    payload,
                    path,
                    file,
                    hash,
                    sources.read(payload, item.source()),
                    delivered(payload, item)));
            return new Outcome.Interrupted<>(ErrorCode.INTERRUPTED, "Not looked at again yet");
        } catch (IOException e) {
            // Looked at again it says whether it is gone, or its mount.
            find(payload, path, item.bytes());
            throw new CodedException(
                    ErrorCode.FILE_UNREADABLE,
                    "The file cannot be read; check its owner and mode, or the disk: " + e,
                    e);
        }
    }

    private static FindDeliverables.Found delivered(PayloadFolder payload, BatchItem item) {
        return item.assetType().equals("video")
                ? FindDeliverables.find(payload, item.deliverables())
                : FindDeliverables.Found.NOTHING;
    }

    private Outcome<ItemResult> cover(Batch batch, BatchItem item) {
        Payload.File file = find(payload(batch), pathOf(item), item.bytes());
        return new Outcome.Ok<>(new ItemResult.Cover(file.relative(), file.stat()));
    }

    private Outcome<ItemResult> lookAgain(Opened opened, FileHeader header) {
        Payload.File file = opened.file();
        try {
            if (!find(opened.payload(), opened.path(), null).stat().sameBytes(file.stat())) {
                // Nobody observes a payload file a second time: it is read again, and given up if it never rests.
                return new Outcome.Failed<>(
                        ErrorCode.FILE_UNREADABLE,
                        "The file was written to while it was read, after its bundle was said to be complete: "
                                + file.relative());
            }
            return new Outcome.Ok<>(new ItemResult.Primary(
                    file.relative(), file.stat(), opened.hash(), header, opened.sources(), opened.delivered()));
        } catch (CodedException e) {
            return outcome(whileTheBundleStands(opened.batch(), e));
        }
    }

    /**
     * A file is missing only while its bundle is there. A mount that was taken away leaves an empty folder, where everything
     * seems to be missing: then the items wait until the scanner says that the bundle is gone, or the mount is back.
     */
    private CodedException whileTheBundleStands(Batch batch, CodedException e) {
        if (e.code() != ErrorCode.PAYLOAD_MISSING
                || batch.look().manifest() == null
                || payload(batch).hasManifest()) {
            return e;
        }
        return new CodedException(
                ErrorCode.LIBRARY_STALE,
                "The bundle's manifest is not there either, so its mount may be away; the import goes on by itself"
                        + " when it is back. See whether it is mounted.",
                e);
    }

    /** The file of that path, of the size that is claimed for it. */
    private static Payload.File find(PayloadFolder payload, byte[] path, @Nullable Long claimed) {
        Payload.File file =
                switch (payload.find(path)) {
                    case Payload.File found -> found;
                    case Payload.Missing(String sentence) ->
                        throw new CodedException(ErrorCode.PAYLOAD_MISSING, sentence);
                    case Payload.Escapes(String sentence) -> throw new CodedException(ErrorCode.PATH_ESCAPES, sentence);
                    case Payload.Unreadable(String sentence) ->
                        throw new CodedException(ErrorCode.FILE_UNREADABLE, sentence);
                };
        if (claimed != null && claimed != file.stat().size()) {
            throw new CodedException(
                    ErrorCode.PAYLOAD_DIFFERS,
                    "The file has " + file.stat().size() + " bytes, its manifest entry claims " + claimed
                            + "; have the sender deliver it again: " + file.relative());
        }
        return file;
    }

    private static byte[] pathOf(BatchItem item) {
        byte[] path = item.path();
        if (path == null) {
            throw new CodedException(
                    ErrorCode.MANIFEST_INVALID, "The entry has no path; the sender must mend the manifest");
        }
        return path;
    }

    private PayloadFolder payload(Batch batch) {
        PayloadFolder known = payloads.get(batch.id());
        if (known == null) {
            Library library = libraries.get(batch.libraryId());
            if (library == null) {
                throw new CodedException(
                        ErrorCode.LIBRARY_STALE,
                        "Nothing is known of library " + batch.libraryId() + " yet; the scanner tells it");
            }
            known = new PayloadFolder(roots.open(library), batch.syncId());
            payloads.put(batch.id(), known);
        }
        return known;
    }

    private static Outcome<ItemResult> outcome(CodedException e) {
        String reason = String.valueOf(e.getMessage());
        return e.code().kind() == ErrorKind.CAPACITY
                ? new Outcome.Interrupted<>(e.code(), reason)
                : new Outcome.Failed<>(e.code(), reason);
    }
}
