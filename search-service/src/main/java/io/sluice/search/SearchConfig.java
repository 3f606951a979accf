package io.sluice.search;

import java.nio.file.Path;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code sluice.search.*}: the index and what its questions may cost. */
@ConfigMapping(prefix = "sluice.search")
public interface SearchConfig {

    /** A folder of this instance alone. What is lost with it is made again from topics. */
    Path indexPath();

    /** What a crash costs is read again: 10 s of records. A commit syncs some files, which costs milliseconds. */
    @WithDefault("10s")
    Duration commitInterval();

    /** While much comes, a commit after so many changed documents, so that a rebuild that is killed goes on where it was. */
    @WithDefault("50000")
    int commitDocuments();

    /** Topics forget what was deleted after 30 days: an index that slept longer could show it for ever. */
    @WithDefault("20d")
    Duration oldestCommit();

    /** Below this much free space nothing is taken in; merging needs room. */
    @WithDefault("268435456")
    long leastFreeBytes();

    /** Of changes that wait to be written. */
    @WithDefault("32")
    int bufferMegabytes();

    /** A person waits; what was found until then is answered, and said to be incomplete. */
    @WithDefault("2s")
    Duration timeLimit();
}
