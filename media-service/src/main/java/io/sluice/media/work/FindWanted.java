package io.sluice.media.work;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.media.asset.Asset;
import io.sluice.media.asset.Assets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.library.Libraries;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.Renditions;
import io.sluice.messaging.Transactions;

/** Looks up what work finds to do when it begins. */
@ApplicationScoped
class FindWanted {

    private final Transactions transactions;
    private final Assets assets;
    private final Renditions renditions;
    private final Libraries libraries;

    FindWanted(Transactions transactions, Assets assets, Renditions renditions, Libraries libraries) {
        this.transactions = transactions;
        this.assets = assets;
        this.renditions = renditions;
        this.libraries = libraries;
    }

    /** Empty when nothing is pending any more, or the asset is on its way out. */
    Optional<Wanted> of(ContentHash hash, Predicate<Rendition> covered) {
        return transactions.read(handle -> of(handle, hash, covered));
    }

    private Optional<Wanted> of(Handle handle, ContentHash hash, Predicate<Rendition> covered) {
        List<Rendition> pending = renditions.of(handle, List.of(hash)).getOrDefault(hash, List.of()).stream()
                .filter(rendition -> rendition.isPending() && covered.test(rendition))
                .toList();
        return pending.isEmpty()
                ? Optional.empty()
                : assets.find(handle, hash)
                        .filter(Asset::live)
                        .map(asset -> new Wanted(asset, pending, libraries.all(handle)));
    }
}
