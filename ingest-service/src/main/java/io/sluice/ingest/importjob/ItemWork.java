package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.Topics;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkRequest;

/** The work class {@code item}: one work an item of a running job; jobs take turns, the better priority goes first. */
@ApplicationScoped
class ItemWork {

    static final String NAME = "item";

    private final WorkClass workClass;

    ItemWork(ImportConfig config) {
        int processors = Runtime.getRuntime().availableProcessors();
        int concurrency = config.itemConcurrency().orElse(Math.max(1, processors - 1));
        List<String> wrong = new ArrayList<>();
        refuse(wrong, "concurrency", config.concurrency(), 0, 64);
        refuse(wrong, "poll", config.poll().toMillis(), 1, 60_000);
        refuse(wrong, "batch-size", config.batchSize(), 1, 1000);
        refuse(wrong, "item-concurrency", concurrency, 1, 256);
        refuse(wrong, "window", config.window(), config.batchSize(), 1_000_000);
        refuse(wrong, "largest-source-file", config.largestSourceFile(), 1, 16 << 20);
        refuse(wrong, "most-source-files", config.mostSourceFiles(), 1, 1000);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("Wrong settings: " + String.join("; ", wrong));
        }
        this.workClass = new WorkClass(NAME, Topics.INGEST_WORK_ITEM, config.batchSize(), concurrency, config.window());
    }

    WorkClass workClass() {
        return workClass;
    }

    static WorkRequest of(Job job, int position) {
        String key = new ItemKey(job.id(), position).text();
        return new WorkRequest(NAME, key, Lane.FRESH, job.priority(), Duration.ZERO, job.id());
    }

    private static void refuse(List<String> wrong, String name, long value, long least, long most) {
        if (value < least || value > most) {
            wrong.add("sluice.import." + name + "=" + value + " must be " + least + " to " + most);
        }
    }
}
