package io.sluice.gateway.pipeline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.CountLibrariesResponse;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.media.v1.CountStreamsRequest;
import io.sluice.contract.media.v1.CountStreamsResponse;
import io.sluice.contract.media.v1.StreamCount;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.pipeline.StreamStatsRepresentation.LibraryStreams;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Puts together what media counts of streams and what ingest has not hashed yet. */
@ApplicationScoped
class CountStreams {

    private final Upstreams upstreams;
    private final LibraryRoots roots;

    CountStreams(Upstreams upstreams, LibraryRoots roots) {
        this.upstreams = upstreams;
        this.roots = roots;
    }

    StreamStatsRepresentation now() {
        List<Supplier<Answer<?>>> questions = List.of(this::askMedia, this::askIngest);
        List<Answer<?>> answers = upstreams.together(questions);
        CountStreamsResponse counted =
                switch (answers.get(0)) {
                    case Answer.Known<?> known -> (CountStreamsResponse) known.value();
                    case Answer.Unknown<?> unknown -> throw unknown.failure();
                };
        Map<String, Long> hashless =
                hashless((CountLibrariesResponse) answers.get(1).orNull());
        return new StreamStatsRepresentation(
                libraries(counted, hashless),
                StreamStatsRepresentation.ofAll(
                        counted.getAll(),
                        hashless == null
                                ? null
                                : hashless.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()),
                Degraded.notes(answers.toArray(Answer<?>[]::new)));
    }

    /** Also a library whose videos all wait to be hashed: media has not heard of it. */
    private List<LibraryStreams> libraries(CountStreamsResponse counted, @Nullable Map<String, Long> hashless) {
        Map<String, StreamCount> byLibrary = new HashMap<>();
        counted.getLibrariesList().forEach(count -> byLibrary.put(count.getLibraryId(), count));
        if (hashless != null) {
            hashless.forEach((library, videos) -> {
                if (videos > 0) {
                    byLibrary.putIfAbsent(
                            library,
                            StreamCount.newBuilder().setLibraryId(library).build());
                }
            });
        }
        return byLibrary.values().stream()
                .map(count -> StreamStatsRepresentation.ofLibrary(
                        count,
                        roots.withId(count.getLibraryId())
                                .map(LibraryState::getName)
                                .orElse(null),
                        hashless == null ? null : hashless.getOrDefault(count.getLibraryId(), 0L)))
                .sorted(Comparator.comparing(
                                LibraryStreams::library, Comparator.nullsLast(Comparator.<String>naturalOrder()))
                        .thenComparing(LibraryStreams::libraryId))
                .toList();
    }

    private static @Nullable Map<String, Long> hashless(@Nullable CountLibrariesResponse counted) {
        return counted == null
                ? null
                : counted.getLibrariesList().stream()
                        .collect(Collectors.toMap(LibraryCount::getLibraryId, LibraryCount::getHashlessVideos));
    }

    private Answer<?> askMedia() {
        return upstreams.tryAsk(
                Upstream.MEDIA,
                () -> upstreams.media(media -> media.countStreams(CountStreamsRequest.getDefaultInstance())));
    }

    private Answer<?> askIngest() {
        return upstreams.tryAsk(
                Upstream.INGEST,
                () -> upstreams.ingest(ingest -> ingest.countLibraries(CountLibrariesRequest.getDefaultInstance())));
    }
}
