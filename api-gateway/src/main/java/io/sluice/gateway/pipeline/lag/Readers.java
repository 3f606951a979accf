package io.sluice.gateway.pipeline.lag;

import java.util.List;
import java.util.stream.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

/** Everybody who follows a topic without a group: this gateway's own readers, and search. */
@ApplicationScoped
class Readers {

    private final List<GroupLessReader> all;

    Readers(@Any Instance<GroupLessReader> own, SearchReaders search) {
        this.all = Stream.concat(own.stream(), search.all().stream()).toList();
    }

    List<GroupLessReader> all() {
        return all;
    }
}
