package io.sluice.ingest.handover;

import java.util.Arrays;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListBatchesRequest;
import io.sluice.contract.ingest.v1.ListBatchesResponse;
import io.sluice.ingest.listing.ListCursor;

/** Lists batches, the newest look first. Every combination of filters reads one index in its order, or three of them. */
@ApplicationScoped
public class BatchPages {

    /** A running job that has shown no sign of life for that long. */
    private static final String STUCK = """
             AND EXISTS (SELECT 1 FROM import_job j LEFT JOIN import_job_lease l ON l.job_id = j.id AND l.token = j.token
              WHERE j.active_batch_id = b.id
                AND COALESCE(l.heartbeat_at, j.claimed_at) < NOW(6) - INTERVAL 15 MINUTE)""";

    private final BatchViews views;

    BatchPages(BatchViews views) {
        this.views = views;
    }

    /** @throws CodedException {@code INVALID_REQUEST} for a state that there is not, or a cursor of another list */
    public ListBatchesResponse list(Handle handle, ListBatchesRequest request) {
        refuseUnknown(request.getState());
        int limit = ListCursor.limit(request.getLimit());
        String list = String.join(
                " ", "batches", request.getState(), request.getLibraryId(), String.valueOf(request.getNeedsHand()));
        long[] after = ListCursor.read(list, request.getCursor(), Long.MIN_VALUE, 0);
        Query query = handle.createQuery(sql(request))
                .bind("newest", after[0])
                .bind("id", after[1])
                .bind("state", request.getState())
                .bind("library", request.getLibraryId())
                .bind("limit", limit + 1);
        List<Batch> found = query.map((row, context) -> BatchRows.read(row)).list();
        List<Batch> page = found.subList(0, Math.min(limit, found.size()));
        ListBatchesResponse.Builder response =
                ListBatchesResponse.newBuilder().addAllBatches(views.views(handle, page));
        if (found.size() > limit) {
            response.setNextCursor(ListCursor.write(list, place(handle, page.getLast())));
        }
        return response.build();
    }

    /** The statement of a request; its index is named, because the choice must not hang on statistics. */
    static String sql(ListBatchesRequest request) {
        boolean library = !request.getLibraryId().isEmpty();
        if (request.getNeedsHand()) {
            // By state, newest first, each as far as the page: three short pieces of one index.
            return "(" + piece("by_state", state("failed", request), library) + ") UNION ALL ("
                    + piece("by_state", state("partial", request), library) + ") UNION ALL ("
                    + piece("by_state", state("importing", request) + " " + STUCK, library)
                    + ") ORDER BY newest, id LIMIT :limit";
        }
        if (library) {
            return piece("by_library", request.getState().isEmpty() ? "" : " AND b.state = :state", true);
        }
        return request.getState().isEmpty()
                ? piece("by_newest", "", false)
                : piece("by_state", " AND b.state = :state", false);
    }

    private static String state(String one, ListBatchesRequest request) {
        return " AND b.state = '" + one + "'" + (request.getState().isEmpty() ? "" : " AND b.state = :state");
    }

    private static String piece(String index, String which, boolean library) {
        return "SELECT " + BatchRows.COLUMNS + ", b.newest FROM ingest_batch b FORCE INDEX (" + index + ")"
                + " WHERE (b.newest > :newest OR (b.newest = :newest AND b.id > :id))" + which
                + (library ? " AND b.library_id = :library" : "") + " ORDER BY b.newest, b.id LIMIT :limit";
    }

    /** As the database counts it: a generated column. */
    private static long[] place(Handle handle, Batch last) {
        long newest = handle.createQuery("SELECT newest FROM ingest_batch WHERE id = ?")
                .bind(0, last.id().value())
                .mapTo(Long.class)
                .one();
        return new long[] {newest, last.id().value()};
    }

    private static void refuseUnknown(String state) {
        if (!state.isEmpty()
                && Arrays.stream(BatchState.values())
                        .noneMatch(known -> known.word().equals(state))) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "No batch is ever '" + state + "'. States are "
                            + String.join(
                                    ", ",
                                    Arrays.stream(BatchState.values())
                                            .map(BatchState::word)
                                            .toList())
                            + ".");
        }
    }
}
