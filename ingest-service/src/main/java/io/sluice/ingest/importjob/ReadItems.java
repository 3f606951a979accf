package io.sluice.ingest.importjob;

import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.ingest.asset.AssetConfig;
import io.sluice.ingest.hashing.HashConfig;
import io.sluice.ingest.hashing.ReadBytes;
import io.sluice.ingest.header.HeaderReader;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoots;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Outcome;

/** Gathers what a batch of item work needs, one statement a table, and has its files read. */
@ApplicationScoped
class ReadItems {

    private final Transactions transactions;
    private final ItemsAtHand atHand;
    private final Libraries libraries;
    private final LibraryRoots roots;
    private final HeaderReader headers;
    private final HashConfig hashConfig;
    private final ImportConfig config;
    private final AssetConfig assetConfig;

    ReadItems(
            Transactions transactions,
            ItemsAtHand atHand,
            Libraries libraries,
            LibraryRoots roots,
            HeaderReader headers,
            HashConfig hashConfig,
            ImportConfig config,
            AssetConfig assetConfig) {
        this.transactions = transactions;
        this.atHand = atHand;
        this.libraries = libraries;
        this.roots = roots;
        this.headers = headers;
        this.hashConfig = hashConfig;
        this.config = config;
        this.assetConfig = assetConfig;
    }

    List<Outcome<ItemResult>> read(List<ClaimedWork> batch) {
        List<ItemKey> keys =
                batch.stream().map(work -> ItemKey.parse(work.key())).toList();
        Map<String, ItemsAtHand.OfJob> jobs = transactions.read(handle -> atHand.find(handle, keys));
        Map<String, Library> known = transactions.read(libraries::all);
        return new ReadItemFiles(
                        roots,
                        known,
                        new ReadBytes(hashConfig),
                        new ReadSources(config),
                        files -> headers.read(files, assetConfig.zone()))
                .read(batch, keys, jobs);
    }
}
