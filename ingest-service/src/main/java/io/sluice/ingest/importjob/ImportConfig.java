package io.sluice.ingest.importjob;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.import.*}: how many imports run, and how their items are taken. */
@ConfigMapping(prefix = "sluice.import")
public interface ImportConfig {

    /** Jobs that this process coordinates at once; 0 leaves that to others and only takes items. */
    @WithDefault("1")
    int concurrency();

    /** How long it may take to see a job that another process queued: own ones wake the coordinators. */
    @WithDefault("1s")
    Duration poll();

    /** Items of one transaction: more gain little, fewer are lost with a process. */
    @WithDefault("200")
    int batchSize();

    /** Batches of items at once; without a setting, one less than there are processors, at least 1. */
    OptionalInt itemConcurrency();

    /** Items released and running at once over all processes, as sluice.hash.window. */
    @WithDefault("2048")
    int window();

    /** A file of an item's source folder that is larger is left out, with a word in the item. */
    @WithDefault("4194304")
    int largestSourceFile();

    /** More files of one item's data folder are left out, with a word in the item. */
    @WithDefault("64")
    int mostSourceFiles();
}
