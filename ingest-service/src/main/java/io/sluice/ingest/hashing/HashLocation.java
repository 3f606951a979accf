package io.sluice.ingest.hashing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.IngestMetrics;
import io.sluice.ingest.asset.RegisterAsset;
import io.sluice.ingest.asset.RegisterAsset.ReadFile;
import io.sluice.ingest.asset.RegisterAsset.Registration;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileLocation.Trouble;
import io.sluice.ingest.location.HashState;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.OnceMore;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;

/** Hash work: reads files outside any transaction, registers them in the one that ends the work. */
@ApplicationScoped
class HashLocation implements WorkHandler<HashResult> {

    private record Told(LocationKey key, Trouble why, boolean last) {}

    private final HashWork work;
    private final ReadBatch readBatch;
    private final Locations locations;
    private final RegisterAsset register;
    private final IngestMetrics metrics;

    HashLocation(
            HashWork work, ReadBatch readBatch, Locations locations, RegisterAsset register, IngestMetrics metrics) {
        this.work = work;
        this.readBatch = readBatch;
        this.locations = locations;
        this.register = register;
        this.metrics = metrics;
    }

    @Override
    public WorkClass workClass() {
        return work.workClass();
    }

    @Override
    public List<Outcome<HashResult>> perform(List<ClaimedWork> batch) {
        long start = System.nanoTime();
        List<Outcome<HashResult>> outcomes = readBatch.read(batch);
        metrics.performed(outcomes.stream().map(HashLocation::bytesOf).toList(), System.nanoTime() - start);
        return outcomes;
    }

    @Override
    public void finish(Handle tx, List<Finished<HashResult>> finished) {
        OnceMore.onDuplicateKey(tx, () -> store(tx, finished));
    }

    private void store(Handle tx, List<Finished<HashResult>> finished) {
        List<ReadFile> files = new ArrayList<>();
        List<Told> troubles = new ArrayList<>();
        for (Finished<HashResult> one : finished) {
            LocationKey key = LocationKey.parse(one.work().key());
            switch (one.outcome()) {
                case Outcome.Ok<HashResult>(HashResult.Read(ReadFile file)) -> files.add(file);
                case Outcome.Ok<HashResult>(HashResult.NotWanted _) -> {}
                case Outcome.Failed<HashResult>(ErrorCode code, String reason) ->
                    troubles.add(new Told(key, new Trouble(code, reason), one.last()));
                case Outcome.Interrupted<HashResult>(ErrorCode code, String reason) ->
                    troubles.add(new Told(key, new Trouble(code, reason), false));
            }
        }
        List<Registration> registrations = register.register(tx, files);
        showTroubles(tx, troubles);
        tx.afterCommit(() -> {
            registrations.forEach(metrics::registered);
            finished.forEach(one -> metrics.finished(one.outcome(), one.last()));
        });
    }

    /** What is in the way of a file stands in its row, for a person to see; that we were stopped is no news. */
    private void showTroubles(Handle tx, List<Told> troubles) {
        List<Told> telling = troubles.stream()
                .filter(told -> told.last() || told.why().code() != ErrorCode.INTERRUPTED)
                .toList();
        if (telling.isEmpty()) {
            return;
        }
        Map<LocationKey, FileLocation> rows =
                locations.lock(tx, telling.stream().map(Told::key).toList());
        List<LocationChange> changes = new ArrayList<>();
        for (Told told : telling) {
            FileLocation row = rows.get(told.key());
            if (row != null && row.hashState() != HashState.HASHED) {
                changes.add(new LocationChange(row, told.last() ? row.failed(told.why()) : row.waitingFor(told.why())));
            }
        }
        locations.write(tx, changes);
    }

    /** A file that hashing was given up on waits for it again; what its bytes were before is kept. */
    @Override
    public void redrive(Handle tx, Collection<String> keys) {
        Map<LocationKey, FileLocation> rows =
                locations.lock(tx, keys.stream().map(LocationKey::parse).toList());
        locations.write(
                tx,
                rows.values().stream()
                        .filter(row -> row.present() && row.hashState() == HashState.FAILED)
                        .map(row -> new LocationChange(row, row.withUncertainBytes()))
                        .toList());
    }

    private static long bytesOf(Outcome<HashResult> outcome) {
        return outcome instanceof Outcome.Ok<HashResult>(HashResult.Read(ReadFile file))
                ? file.stat().size()
                : -1;
    }
}
