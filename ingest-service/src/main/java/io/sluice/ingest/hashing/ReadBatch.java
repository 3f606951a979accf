package io.sluice.ingest.hashing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.ingest.asset.AssetConfig;
import io.sluice.ingest.header.HeaderReader;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

/** Gathers what a batch of hash work needs, one statement a table, and has its files read. */
@ApplicationScoped
class ReadBatch {

    private final Transactions transactions;
    private final Locations locations;
    private final Libraries libraries;
    private final LibraryRoots roots;
    private final HeaderReader headers;
    private final HashConfig config;
    private final AssetConfig assetConfig;

    ReadBatch(
            Transactions transactions,
            Locations locations,
            Libraries libraries,
            LibraryRoots roots,
            HeaderReader headers,
            HashConfig config,
            AssetConfig assetConfig) {
        this.transactions = transactions;
        this.locations = locations;
        this.libraries = libraries;
        this.roots = roots;
        this.headers = headers;
        this.config = config;
        this.assetConfig = assetConfig;
    }

    List<Outcome<HashResult>> read(List<ClaimedWork> batch) {
        List<LocationKey> keys =
                batch.stream().map(work -> LocationKey.parse(work.key())).toList();
        Map<LocationKey, FileLocation> rows = transactions.read(handle -> locations.find(handle, keys));
        Map<String, Library> known = transactions.read(libraries::all);
        List<@Nullable FileLocation> inOrder = new ArrayList<>();
        keys.forEach(key -> inOrder.add(rows.get(key)));
        return new HashFiles(roots, new ReadBytes(config), files -> headers.read(files, assetConfig.zone()), known)
                .hash(batch, inOrder);
    }
}
