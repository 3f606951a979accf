package io.sluice.ingest.importjob;

import java.util.Collection;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.location.OnceMore;
import io.sluice.messaging.work.ClaimedWork;
import io.sluice.messaging.work.Finished;
import io.sluice.messaging.work.Outcome;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkHandler;

/** Item work: reads what a bundle brought outside any transaction, takes it in by the one that ends the work. */
@ApplicationScoped
class ImportItem implements WorkHandler<ItemResult> {

    private final ItemWork work;
    private final ReadItems read;
    private final DecideItems decide;

    ImportItem(ItemWork work, ReadItems read, DecideItems decide) {
        this.work = work;
        this.read = read;
        this.decide = decide;
    }

    @Override
    public WorkClass workClass() {
        return work.workClass();
    }

    @Override
    public List<Outcome<ItemResult>> perform(List<ClaimedWork> batch) {
        return read.read(batch);
    }

    @Override
    public void finish(Handle tx, List<Finished<ItemResult>> finished) {
        OnceMore.onDuplicateKey(tx, () -> decide.decide(tx, finished));
    }

    /** An item's end is counted by its job, which may be over: the batch is what is done again, and only what it lacks. */
    @Override
    public void redrive(Handle tx, Collection<String> keys) {
        throw new CodedException(
                ErrorCode.CONFLICT,
                "Items are not tried again one by one: queue an import of their batch again, it does what is missing only."
                        + " Acknowledge the letter.");
    }
}
