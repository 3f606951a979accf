package io.sluice.ingest.hashing;

import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.Topics;
import io.sluice.ingest.location.LocationKey;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkClass;
import io.sluice.messaging.work.WorkRequest;

/** The work class {@code hash}: one work a file, keyed as the scanner names it. */
@ApplicationScoped
public class HashWork {

    public static final String NAME = "hash";

    private final WorkClass workClass;

    HashWork(HashConfig config) {
        int processors = Runtime.getRuntime().availableProcessors();
        int concurrency = config.concurrency().orElse(Math.max(1, processors - 1));
        List<String> wrong = new ArrayList<>();
        refuse(wrong, "batch-size", config.batchSize(), 1, 1000);
        refuse(wrong, "concurrency", concurrency, 1, 256);
        refuse(wrong, "window", config.window(), config.batchSize(), 1_000_000);
        refuse(wrong, "slowest-rate", config.slowestRate(), 1, Long.MAX_VALUE);
        refuse(wrong, "time-limit", config.timeLimit().toMillis(), 1, Long.MAX_VALUE);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("Wrong settings: " + String.join("; ", wrong));
        }
        this.workClass = new WorkClass(NAME, Topics.INGEST_WORK_HASH, config.batchSize(), concurrency, config.window());
    }

    WorkClass workClass() {
        return workClass;
    }

    /** What is put up for a file that was seen; libraries take turns. */
    public static WorkRequest of(LocationKey key) {
        return WorkRequest.of(NAME, key.text(), Lane.FRESH).turnOf(key.libraryId());
    }

    private static void refuse(List<String> wrong, String name, long value, long least, long most) {
        if (value < least || value > most) {
            wrong.add("sluice.hash." + name + "=" + value + " must be " + least + " to " + most);
        }
    }
}
