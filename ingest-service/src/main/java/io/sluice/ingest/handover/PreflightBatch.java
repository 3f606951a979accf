package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.library.Libraries;
import io.sluice.ingest.library.Library;
import io.sluice.ingest.library.LibraryRoot;
import io.sluice.messaging.Transactions;

/**
 * Judges a batch and its items without writing to the library: reads the manifest again, looks at every file that it
 * names, and keeps what an import would make of each. Safe to run again, and beside itself: what it writes is what the
 * manifest says.
 */
@ApplicationScoped
public class PreflightBatch {

    private final Batches batches;
    private final StoreItems store;
    private final StorePreflight storePreflight;
    private final ManifestFiles manifests;
    private final Libraries libraries;
    private final Transactions transactions;
    private final HandoverConfig limits;

    PreflightBatch(
            Batches batches,
            StoreItems store,
            StorePreflight storePreflight,
            ManifestFiles manifests,
            Libraries libraries,
            Transactions transactions,
            HandoverConfig limits) {
        this.batches = batches;
        this.store = store;
        this.storePreflight = storePreflight;
        this.manifests = manifests;
        this.libraries = libraries;
        this.transactions = transactions;
        this.limits = limits;
    }

    /** How a preflight for a person ends: in the transaction that finishes it. */
    public interface Ending<A> {

        /** @param finish writes that every entry stands in the table; called at most once */
        A end(Handle tx, Runnable finish);
    }

    /**
     * For a person who asked.
     *
     * @param expectedVersion of the batch as they saw it; null for whichever it is
     * @throws CodedException {@code NOT_FOUND}; {@code BATCH_NOT_CONSUMABLE}; {@code CONFLICT} while a job has the batch, or
     *     when the manifest changes meanwhile; {@code PRECONDITION_FAILED}; {@code LIBRARY_STALE}
     */
    public <A> A preflight(SyncId syncId, @Nullable Long expectedVersion, Ending<A> ending) {
        Batch batch = transactions.read(handle -> batches.known(handle, syncId));
        PreflightRun run = new PreflightRun(batches, batch.id(), false, tx -> {});
        run.expectVersion(expectedVersion);
        Consumer<Handle> finish = look(batch, run);
        return transactions.call(tx -> ending.end(tx, () -> finish.accept(tx)));
    }

    /**
     * For the job that has the batch.
     *
     * @param guard called in every transaction before anything is written; throws when the job is not the caller's any
     *     more
     */
    public void preflight(BatchId id, Consumer<Handle> guard) {
        Batch batch = transactions.read(handle -> batches.find(handle, id)).orElseThrow();
        transactions.run(look(batch, new PreflightRun(batches, id, true, guard)));
    }

    /** @return what is left to be done, in one transaction */
    private Consumer<Handle> look(Batch asked, PreflightRun run) {
        run.ensureAllowed(asked);
        LibraryRoot root = open(asked);
        Set<ExternalHash> brought = new HashSet<>();
        ManifestRead read = manifests.read(root, asked.syncId(), item -> {
            if (item.wave() == Wave.PRIMARIES) {
                brought.add(item.externalHash());
            }
        });
        Judgement judged = JudgeBundle.judge(asked.syncId(), asked.look(), () -> read);
        Batch now = transactions.call(tx -> storePreflight.judge(tx, run, judged));
        run.changedTo(now);
        now.ensureConsumable();
        if (!(read instanceof ManifestRead.Whole whole)) {
            throw new IllegalStateException("A consumable manifest that is not whole");
        }
        run.expect(whole.sha256());
        PayloadFolder payload = new PayloadFolder(root, asked.syncId());
        storeItems(run, root, asked, whole, new PredictItems(asked.id(), payload, brought));
        List<String> warnings =
                PayloadTotals.warnings(whole.claims(), whole.items(), payload.folder(), limits.countedFiles());
        return tx -> storePreflight.finish(tx, run, whole.sha256(), warnings);
    }

    /** The second reading hands on entries; were it of another manifest than the first, nothing of it would count. */
    private void storeItems(
            PreflightRun run, LibraryRoot root, Batch batch, ManifestRead.Whole whole, PredictItems predict) {
        ItemChunks chunks = new ItemChunks(chunk -> {
            ItemKnowledge known = transactions.read(handle -> ItemKnowledge.of(handle, chunk));
            List<StoreItems.Predicted> predicted = chunk.stream()
                    .map(item -> new StoreItems.Predicted(item, predict.predict(item, known)))
                    .toList();
            transactions.run(tx -> {
                run.lock(tx);
                store.store(tx, batch.id(), predicted);
            });
        });
        ManifestRead again = manifests.read(root, batch.syncId(), chunks::add);
        if (!(again instanceof ManifestRead.Whole second) || !Arrays.equals(second.sha256(), whole.sha256())) {
            throw PreflightRun.changed(batch);
        }
        chunks.flush();
        boolean more = true;
        while (more) {
            more = transactions.call(tx -> {
                run.lock(tx);
                return store.removeBehind(tx, batch.id(), whole.items(), ItemChunks.MOST_ITEMS)
                        == ItemChunks.MOST_ITEMS;
            });
        }
    }

    private LibraryRoot open(Batch batch) {
        Library library = transactions.read(libraries::all).get(batch.libraryId());
        if (library == null) {
            throw new CodedException(
                    ErrorCode.LIBRARY_STALE,
                    "The library " + batch.libraryId() + " of batch " + batch.syncId()
                            + " is not known here yet; the scanner tells it.");
        }
        return manifests.open(library);
    }
}
