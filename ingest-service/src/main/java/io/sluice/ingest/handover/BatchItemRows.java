package io.sluice.ingest.handover;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/** Between a row of {@code ingest_batch_item} and a {@link BatchItem}. */
final class BatchItemRows {

    static final String COLUMNS = """
            i.batch_id, i.position, i.wave, i.asset_type, i.asset_subtype, i.external_hash, i.parent_hash, i.cover_hash,
            i.path, i.bytes, i.mime, i.title, i.source, i.members, i.deliverables, i.extra, i.decision, i.decided_by, i.job_id,
            i.target_asset, i.target_container, i.error_code, i.last_error, i.attempts, i.updated_at""";

    private BatchItemRows() {}

    static BatchItem read(ResultSet row) throws SQLException {
        return new BatchItem(
                new BatchId(row.getLong("batch_id")),
                row.getInt("position"),
                Wave.ofNumber(row.getInt("wave")),
                row.getString("asset_type"),
                row.getString("asset_subtype"),
                hash(row, "external_hash"),
                hash(row, "parent_hash"),
                hash(row, "cover_hash"),
                row.getBytes("path"),
                row.getObject("bytes", Long.class),
                row.getString("mime"),
                row.getString("title"),
                row.getBytes("source"),
                members(row.getBytes("members")),
                Deliverables.ofStored(row.getString("deliverables")),
                row.getString("extra"),
                decided(row),
                row.getInt("attempts"),
                Objects.requireNonNull(BatchRows.instant(row, "updated_at")));
    }

    private static @Nullable Decided decided(ResultSet row) throws SQLException {
        String decision = row.getString("decision");
        if (decision == null) {
            return null;
        }
        byte[] target = row.getBytes("target_asset");
        String error = row.getString("error_code");
        return new Decided(
                Decision.ofWord(decision),
                Decision.By.ofWord(row.getString("decided_by")),
                row.getString("job_id"),
                target == null ? null : ContentHash.of(target),
                row.getString("target_container"),
                error.isEmpty() ? null : ErrorCode.of(error),
                row.getString("last_error"));
    }

    private static @Nullable ExternalHash hash(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : ExternalHash.of(bytes);
    }

    private static List<ExternalHash> members(byte @Nullable [] stored) {
        List<ExternalHash> members = new ArrayList<>();
        if (stored != null) {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            while (bytes.hasRemaining()) {
                byte[] member = new byte[ExternalHash.BYTES];
                bytes.get(member);
                members.add(ExternalHash.of(member));
            }
        }
        return List.copyOf(members);
    }

    /** Null for none: most items have none. */
    static byte @Nullable [] stored(List<ExternalHash> members) {
        if (members.isEmpty()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(members.size() * ExternalHash.BYTES);
        members.forEach(member -> bytes.put(member.bytes()));
        return bytes.array();
    }
}
