package io.sluice.gateway.library;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.CountLibrariesRequest;
import io.sluice.contract.ingest.v1.CountLibrariesResponse;
import io.sluice.contract.ingest.v1.LibraryCount;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ListLibrariesResponse;
import io.sluice.gateway.library.LibraryRepresentation.Counts;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Puts together what the scanner says of the libraries and what ingest counts in them; the topic stands in for a silent scanner. */
@ApplicationScoped
class ListLibraries {

    private final Upstreams upstreams;
    private final LibraryRoots roots;

    ListLibraries(Upstreams upstreams, LibraryRoots roots) {
        this.upstreams = upstreams;
        this.roots = roots;
    }

    LibrariesRepresentation now() {
        List<Supplier<Answer<?>>> questions = List.of(this::askScanner, this::askIngest);
        List<Answer<?>> answers = upstreams.together(questions);
        ListLibrariesResponse told = (ListLibrariesResponse) answers.get(0).orNull();
        CountLibrariesResponse counted = (CountLibrariesResponse) answers.get(1).orNull();
        List<LibraryView> views = told != null ? told.getLibrariesList() : fromTopic();
        Map<String, LibraryCount> counts = counted == null
                ? Map.of()
                : counted.getLibrariesList().stream()
                        .collect(Collectors.toMap(LibraryCount::getLibraryId, Function.identity()));
        List<LibraryRepresentation> items = views.stream()
                .sorted(Comparator.comparing(view -> view.getState().getName()))
                .map(view -> LibraryRepresentation.of(
                        view,
                        told != null,
                        counts(counted != null, counts.get(view.getState().getLibraryId()))))
                .toList();
        return new LibrariesRepresentation(items, null, Degraded.notes(answers.toArray(Answer<?>[]::new)));
    }

    /** A library that ingest answers nothing about has no rows there, which is not the same as an ingest that is silent. */
    private static @Nullable Counts counts(boolean answered, @Nullable LibraryCount count) {
        if (!answered) {
            return null;
        }
        return count == null ? new Counts(0, 0, 0) : LibraryRepresentation.counts(count);
    }

    private Answer<?> askScanner() {
        return upstreams.tryAsk(
                Upstream.SCANNER,
                () -> upstreams.scanner(scanner -> scanner.listLibraries(ListLibrariesRequest.getDefaultInstance())));
    }

    private Answer<?> askIngest() {
        return upstreams.tryAsk(
                Upstream.INGEST,
                () -> upstreams.ingest(ingest -> ingest.countLibraries(CountLibrariesRequest.getDefaultInstance())));
    }

    private List<LibraryView> fromTopic() {
        return roots.all().stream()
                .map(state -> LibraryView.newBuilder().setState(state).build())
                .toList();
    }
}
