package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.asset.Asset.Description;
import io.sluice.ingest.asset.SettleAssets.Offer;
import io.sluice.ingest.header.FileHeader;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.MediaKinds;
import io.sluice.ingest.identity.TakenAt;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.PathKey;
import io.sluice.ingest.location.RelativePath;

/**
 * The one road into the library: files whose bytes were read become assets, and their locations point at them. Whatever
 * brings a file in ends here.
 */
@ApplicationScoped
public class RegisterAsset {

    private final Locations locations;
    private final SettleAssets settle;
    private final AssetConfig config;

    RegisterAsset(Locations locations, SettleAssets settle, AssetConfig config) {
        this.locations = locations;
        this.settle = settle;
        this.config = config;
    }

    /**
     * A file that was read to its last byte.
     *
     * @param stat of before and after reading, equal
     */
    public record ReadFile(LocationKey key, FileStat stat, ContentHash hash, FileHeader header) {}

    /** What became of it. */
    public enum Registration {
        /** Its location points at an asset now, new or known. */
        REGISTERED,
        /** The same, and an asset that was there before it has lost its place. */
        SUCCEEDED,
        /** Its location had this hash already. */
        KNOWN,
        /** It was observed otherwise in the meantime, or its row is gone: nothing is stored, the newer observation decides. */
        OUTDATED
    }

    /** Registers files in the caller's transaction; one answer a file, in their order. */
    public List<Registration> register(Handle tx, List<ReadFile> files) {
        Map<LocationKey, FileLocation> rows =
                locations.lock(tx, files.stream().map(ReadFile::key).toList());
        List<Registration> answers = new ArrayList<>(files.size());
        List<LocationChange> changes = new ArrayList<>();
        Map<ContentHash, Offer> offers = new HashMap<>();
        Succession succession = new Succession();
        for (ReadFile file : files) {
            FileLocation row = rows.get(file.key());
            if (row == null || !row.stat().sameBytes(file.stat())) {
                answers.add(Registration.OUTDATED);
                continue;
            }
            if (Objects.equals(row.content(), file.hash())) {
                answers.add(Registration.KNOWN);
                continue;
            }
            changes.add(new LocationChange(row, row.holding(file.hash())));
            offers.merge(file.hash(), offer(file, row), Offer::with);
            answers.add(succession.at(row, file.hash()) ? Registration.SUCCEEDED : Registration.REGISTERED);
        }
        settle.settle(tx, changes, offers, succession.successors(), Set.of(), () -> {});
        succession.record(tx);
        return answers;
    }

    /**
     * A file that was read to its last byte and that the scanner does not tell of: its location is ours to make.
     *
     * @param stat of before and after reading, equal
     * @param subtype what the upstream calls it within its kind, empty when it does not say
     * @param readBy UUID text: the job that brought it
     */
    public record BroughtFile(
            String libraryId,
            RelativePath path,
            FileStat stat,
            ContentHash hash,
            FileHeader header,
            String subtype,
            String readBy) {}

    /** What became of a brought file. */
    public enum Bringing {
        /** Its bytes were not known: an asset of its own. */
        CREATED,
        /** Its bytes were an asset already; it is one more location of it. */
        LINKED,
        /** It was known at this place with these bytes. */
        KNOWN
    }

    /**
     * Registers brought files in the caller's transaction; one answer a file, in their order. Of two with the same new
     * bytes the first is CREATED. One that is told twice at one path counts as last told.
     *
     * @param regrouped assets, brought or known, whose containers or provided renditions change in this transaction
     * @param whileLocked writes what belongs to these assets; called when they are rows and locked, before they are told
     */
    public List<Bringing> bring(Handle tx, List<BroughtFile> files, Set<ContentHash> regrouped, Runnable whileLocked) {
        Map<LocationKey, BroughtFile> brought = new TreeMap<>();
        files.forEach(file -> brought.put(keyOf(file), file));
        Map<LocationKey, FileLocation> rows = locations.lock(tx, brought.keySet());
        List<LocationChange> changes = new ArrayList<>();
        Map<ContentHash, Offer> offers = new HashMap<>();
        Set<LocationKey> known = new HashSet<>();
        Succession succession = new Succession();
        brought.forEach((key, file) -> {
            FileLocation row = rows.get(key);
            if (row != null
                    && row.present()
                    && row.stat().equals(file.stat())
                    && Objects.equals(row.content(), file.hash())) {
                known.add(key);
                return;
            }
            FileLocation now = row == null
                    ? FileLocation.unscanned(key, file.path(), file.stat(), file.readBy())
                    : row.readAs(file.stat(), file.readBy());
            changes.add(new LocationChange(row, now.holding(file.hash())));
            offers.merge(file.hash(), offer(file.stat(), file.header(), file.subtype(), now), Offer::with);
            if (row != null) {
                succession.at(now, file.hash());
            }
        });
        letGo(tx, changes);
        Set<ContentHash> created =
                new HashSet<>(settle.settle(tx, changes, offers, succession.successors(), regrouped, whileLocked));
        succession.record(tx);
        return files.stream()
                .map(file -> known.contains(keyOf(file))
                        ? Bringing.KNOWN
                        : created.remove(file.hash()) ? Bringing.CREATED : Bringing.LINKED)
                .toList();
    }

    private static LocationKey keyOf(BroughtFile file) {
        return LocationKey.unscanned(file.libraryId(), file.path());
    }

    /** Rows of the scanner's that hold one of these paths (the library was watched file by file before) give it up. */
    private void letGo(Handle tx, List<LocationChange> changes) {
        List<PathKey> taken = changes.stream()
                .filter(change -> change.before() == null || !change.before().present())
                .map(change -> change.after().heldPath())
                .filter(Objects::nonNull)
                .toList();
        locations.lockHolders(tx, taken).forEach(holder -> changes.add(new LocationChange(holder, holder.displaced())));
    }

    private Offer offer(ReadFile file, FileLocation row) {
        return offer(file.stat(), file.header(), "", row);
    }

    private Offer offer(FileStat stat, FileHeader header, String subtype, FileLocation row) {
        String name = row.path().fileName();
        return new Offer(
                stat.size(),
                new Description(
                        MediaKinds.of(header.mediaType(), name),
                        header.mediaType(),
                        subtype,
                        TakenAt.of(header.takenAt(), name, row.stat().earliestTime(), config.zone()),
                        header.metadata(),
                        header.reason()));
    }
}
