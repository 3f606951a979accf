package io.sluice.ingest.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        settle.settle(tx, changes, offers, succession.successors());
        succession.record(tx);
        return answers;
    }

    private Offer offer(ReadFile file, FileLocation row) {
        FileHeader header = file.header();
        String name = row.path().fileName();
        return new Offer(
                file.stat().size(),
                new Description(
                        MediaKinds.of(header.mediaType(), name),
                        header.mediaType(),
                        TakenAt.of(header.takenAt(), name, row.stat().earliestTime(), config.zone()),
                        header.metadata(),
                        header.reason()));
    }
}
