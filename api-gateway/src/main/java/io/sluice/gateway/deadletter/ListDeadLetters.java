package io.sluice.gateway.deadletter;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.messaging.v1.ListDeadLettersResponse;
import io.sluice.gateway.deadletter.MergedCursor.Position;
import io.sluice.gateway.upstream.Answer;
import io.sluice.gateway.upstream.Degraded;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Merges the lists of the services. Ids are UUIDv7, so that their order is the order of time in every service alike. */
@ApplicationScoped
class ListDeadLetters {

    private static final Comparator<Found> NEWEST_FIRST =
            Comparator.comparing((Found found) -> found.letter().getId()).reversed();

    private final Upstreams upstreams;

    ListDeadLetters(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Which letters; empty texts mean all.
     *
     * @param state empty means the open ones
     */
    record Wanted(String state, String errorCode, String origin, String service) {

        /** Binds cursors to these filters. */
        String text() {
            return String.join("\n", state, errorCode, origin, service);
        }
    }

    private record Found(Upstream upstream, DeadLetter letter) {}

    private record Page(Upstream upstream, Position asked, Answer<ListDeadLettersResponse> answer) {

        /** Letters of this page that were not shown yet. */
        List<Found> fresh() {
            ListDeadLettersResponse told = answer.orNull();
            return told == null
                    ? List.of()
                    : told.getDeadLettersList().stream()
                            .filter(letter ->
                                    asked.after().isEmpty() || letter.getId().compareTo(asked.after()) < 0)
                            .map(letter -> new Found(upstream, letter))
                            .toList();
        }

        /** Where to go on once these letters were shown. */
        Position next(List<Found> shown) {
            ListDeadLettersResponse told = answer.orNull();
            if (told == null) {
                return asked;
            }
            List<Found> fresh = fresh();
            List<Found> mine = shown.stream().filter(fresh::contains).toList();
            String after =
                    mine.isEmpty() ? asked.after() : mine.getLast().letter().getId();
            return mine.size() == fresh.size()
                    ? new Position(
                            told.getNextCursor(), after, told.getNextCursor().isEmpty())
                    : new Position(asked.cursor(), after, false);
        }

        /** Below this id there may be letters that this page does not hold; empty when there are none. */
        String horizon() {
            ListDeadLettersResponse told = answer.orNull();
            return told == null || told.getNextCursor().isEmpty() || told.getDeadLettersCount() == 0
                    ? ""
                    : told.getDeadLetters(told.getDeadLettersCount() - 1).getId();
        }
    }

    /** @throws CodedException {@code INVALID_REQUEST} when there is no such service */
    static List<Upstream> ownersOf(String service) {
        List<Upstream> owners = Upstream.withWork().stream()
                .filter(upstream -> service.isEmpty() || upstream.serviceName().equals(service))
                .toList();
        if (owners.isEmpty()) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST, "service: One of scanner, ingest, media; not \"" + service + "\".");
        }
        return owners;
    }

    DeadLetterPageRepresentation page(Wanted wanted, int limit, String cursor) {
        MergedCursor from =
                cursor.isEmpty() ? MergedCursor.start(wanted.text()) : MergedCursor.parse(cursor, wanted.text());
        List<Page> pages = upstreams.together(ownersOf(wanted.service()).stream()
                .filter(upstream -> !from.of(upstream).ended())
                .map(upstream -> (Supplier<Page>) () -> ask(upstream, from.of(upstream), wanted, limit))
                .toList());
        String horizon =
                pages.stream().map(Page::horizon).max(Comparator.naturalOrder()).orElse("");
        List<Found> shown = pages.stream()
                .flatMap(page -> page.fresh().stream())
                .filter(found -> found.letter().getId().compareTo(horizon) >= 0)
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
        MergedCursor next = next(from, pages, shown);
        return new DeadLetterPageRepresentation(
                shown.stream()
                        .map(found -> DeadLetterRepresentation.of(found.letter()))
                        .toList(),
                hasMore(next, pages) ? next.text() : null,
                Degraded.notes(pages.stream().map(Page::answer).toArray(Answer<?>[]::new)));
    }

    private static MergedCursor next(MergedCursor from, List<Page> pages, List<Found> shown) {
        Map<Upstream, Position> positions = new EnumMap<>(Upstream.class);
        for (Upstream upstream : Upstream.withWork()) {
            positions.put(upstream, from.of(upstream));
        }
        pages.forEach(page -> positions.put(page.upstream(), page.next(shown)));
        return new MergedCursor(from.filter(), positions);
    }

    /** A service that is silent does not keep the list open: its note says that its letters are missing. */
    private static boolean hasMore(MergedCursor next, List<Page> pages) {
        return pages.stream()
                .filter(page -> page.answer() instanceof Answer.Known<?>)
                .anyMatch(page -> !next.of(page.upstream()).ended());
    }

    private Page ask(Upstream upstream, Position position, Wanted wanted, int limit) {
        return new Page(
                upstream,
                position,
                upstreams.tryAsk(
                        upstream,
                        () -> upstreams.operations(
                                upstream,
                                operations -> operations.listDeadLetters(ListDeadLettersRequest.newBuilder()
                                        .setLimit(limit)
                                        .setCursor(position.cursor())
                                        .setErrorCode(wanted.errorCode())
                                        .setOrigin(wanted.origin())
                                        .setState(wanted.state())
                                        .build()))));
    }
}
