package io.sluice.ingest.importjob;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListJobsRequest;
import io.sluice.contract.ingest.v1.ListJobsResponse;
import io.sluice.ingest.handover.Batches;
import io.sluice.ingest.handover.SyncId;
import io.sluice.ingest.importjob.JobViews.Shown;
import io.sluice.ingest.listing.ListCursor;

/**
 * Lists jobs: those that run, those that wait, those that are over; each newest first. A batch's jobs are listed newest
 * first: the active one, if any, is the newest.
 */
@ApplicationScoped
public class JobPages {

    private final Batches batches;
    private final JobViews views;

    JobPages(Batches batches, JobViews views) {
        this.batches = batches;
        this.views = views;
    }

    /** @param group which of {@link JobState#SHOWN} */
    private record Place(int group, long newest, String id) {

        static Place read(String list, String cursor) {
            long[] numbers = ListCursor.read(list, cursor, 0, Long.MIN_VALUE, 0, 0);
            int group = (int) numbers[0];
            if (group < 0 || group >= JobState.SHOWN.size()) {
                throw new CodedException(ErrorCode.INVALID_REQUEST, "The cursor is none of ours; start without one.");
            }
            return new Place(group, numbers[1], cursor.isEmpty() ? "" : new UUID(numbers[2], numbers[3]).toString());
        }

        String write(String list) {
            UUID uuid = UUID.fromString(id);
            return ListCursor.write(list, group, newest, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }
    }

    private record Found(int group, long newest, Shown shown) {}

    /** @throws CodedException {@code INVALID_REQUEST}, {@code NOT_FOUND} for a batch that nobody knows */
    public ListJobsResponse list(Handle handle, ListJobsRequest request) {
        String list = "jobs " + request.getState() + " " + request.getSyncId();
        int limit = ListCursor.limit(request.getLimit());
        Place from = Place.read(list, request.getCursor());
        List<Found> found = request.getSyncId().isEmpty()
                ? ofAll(handle, request.getState(), from, limit + 1)
                : ofBatch(handle, request, from, limit + 1);
        ListJobsResponse.Builder page = ListJobsResponse.newBuilder();
        found.stream().limit(limit).forEach(one -> page.addJobs(views.view(handle, one.shown())));
        if (found.size() > limit) {
            Found last = found.get(limit - 1);
            page.setNextCursor(
                    new Place(last.group(), last.newest(), last.shown().job().id()).write(list));
        }
        return page.build();
    }

    private static List<Found> ofAll(Handle handle, String asked, Place from, int limit) {
        JobState wanted = asked.isEmpty() ? null : state(asked);
        List<Found> found = new ArrayList<>();
        for (int group = from.group(); group < JobState.SHOWN.size() && found.size() < limit; group++) {
            List<Found> ofGroup = new ArrayList<>();
            for (JobState state : JobState.SHOWN.get(group)) {
                if (wanted == null || wanted == state) {
                    ofGroup.addAll(ofState(handle, group, state, from, limit));
                }
            }
            ofGroup.sort(Comparator.comparingLong(Found::newest)
                    .thenComparing(one -> one.shown().job().id()));
            found.addAll(ofGroup.subList(0, Math.min(limit - found.size(), ofGroup.size())));
        }
        return found;
    }

    private static List<Found> ofState(Handle handle, int group, JobState state, Place from, int limit) {
        boolean first = group != from.group();
        return page(
                handle,
                "FORCE INDEX (by_state)",
                "j.state = :key",
                state.word(),
                group,
                first ? Long.MIN_VALUE : from.newest(),
                first ? "" : from.id(),
                limit);
    }

    private List<Found> ofBatch(Handle handle, ListJobsRequest request, Place from, int limit) {
        long batch = batches.known(handle, new SyncId(request.getSyncId())).id().value();
        JobState wanted = request.getState().isEmpty() ? null : state(request.getState());
        return page(
                handle,
                "FORCE INDEX (by_batch)",
                "j.batch_id = :key" + (wanted == null ? "" : " AND j.state = '" + wanted.word() + "'"),
                batch,
                from.group(),
                from.newest(),
                from.id(),
                limit);
    }

    private static List<Found> page(
            Handle handle, String index, String which, Object key, int group, long newest, String id, int limit) {
        List<Found> page = new ArrayList<>();
        // One range a statement: of two in one the server may take fright and read the whole list.
        for (String range : List.of("j.newest = :newest AND j.id > :id", "j.newest > :newest")) {
            if (page.size() < limit) {
                page.addAll(part(handle, index, which + " AND " + range, key, group, newest, id, limit - page.size()));
            }
        }
        return page;
    }

    private static List<Found> part(
            Handle handle, String index, String which, Object key, int group, long newest, String id, int limit) {
        return handle.createQuery("SELECT j.newest, " + JobViews.COLUMNS + JobViews.TABLES.formatted(index) + " WHERE "
                        + which + " ORDER BY j.newest, j.id LIMIT :limit")
                .bind("key", key)
                .bind("newest", newest)
                .bind("id", id)
                .bind("limit", limit)
                .map((row, context) -> new Found(group, row.getLong("newest"), JobViews.ROW.map(row, context)))
                .list();
    }

    private static JobState state(String asked) {
        for (JobState state : JobState.values()) {
            if (state.word().equals(asked)) {
                return state;
            }
        }
        throw new CodedException(
                ErrorCode.INVALID_REQUEST,
                "Unknown job state " + asked + "; ask for one of queued, running, done, failed, cancelled");
    }
}
