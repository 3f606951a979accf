package io.sluice.ingest.asset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.contract.ingest.v1.TakenAtSource;
import io.sluice.ingest.asset.Asset.Description;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.TakenAt;
import io.sluice.messaging.ManyRows;

/** Between a row of {@code asset} and an {@link Asset}. Times are bound as local times of UTC: no zone of a JVM matters. */
final class AssetRows {

    static final String COLUMNS = """
            a.content_hash, a.version, a.lifecycle, a.kind, a.media_type, a.subtype, a.size, a.taken_at, a.taken_at_source,
            a.camera_make, a.camera_model, a.lens_model, a.orientation, a.gps_latitude, a.gps_longitude,
            a.gps_altitude, a.focal_length, a.aperture, a.shutter_speed, a.iso, a.header_reason, a.location_count,
            a.superseded_by, a.registered_at""";

    private static final String HEAD = """
            INSERT INTO asset (content_hash, version, lifecycle, kind, media_type, subtype, size, taken_at,
                taken_at_source, camera_make, camera_model, lens_model, orientation, gps_latitude, gps_longitude, gps_altitude,
                focal_length, aperture, shutter_speed, iso, header_reason, location_count, superseded_by,
                registered_at, superseded_at) VALUES""";

    private static final String ROW = "(" + "?, ".repeat(24) + "NULL)";

    static final ManyRows INSERT = new ManyRows(HEAD, ROW, "");

    /** An insert that always meets its row. */
    static final ManyRows UPDATE = new ManyRows(HEAD, ROW, """
            ON DUPLICATE KEY UPDATE
                superseded_at = IF(VALUES(superseded_by) IS NULL, NULL, COALESCE(superseded_at, NOW(6))),
                version = VALUES(version), lifecycle = VALUES(lifecycle), kind = VALUES(kind),
                media_type = VALUES(media_type), subtype = VALUES(subtype), taken_at = VALUES(taken_at),
                taken_at_source = VALUES(taken_at_source), camera_make = VALUES(camera_make),
                camera_model = VALUES(camera_model), lens_model = VALUES(lens_model),
                orientation = VALUES(orientation), gps_latitude = VALUES(gps_latitude),
                gps_longitude = VALUES(gps_longitude), gps_altitude = VALUES(gps_altitude),
                focal_length = VALUES(focal_length), aperture = VALUES(aperture),
                shutter_speed = VALUES(shutter_speed), iso = VALUES(iso), header_reason = VALUES(header_reason),
                location_count = VALUES(location_count), superseded_by = VALUES(superseded_by)""");

    private AssetRows() {}

    static Asset read(ResultSet row) throws SQLException {
        byte[] supersededBy = row.getBytes("superseded_by");
        return new Asset(
                ContentHash.of(row.getBytes("content_hash")),
                row.getLong("version"),
                AssetLifecycle.forNumber(row.getInt("lifecycle")),
                new Description(
                        MediaKind.forNumber(row.getInt("kind")),
                        row.getString("media_type"),
                        row.getString("subtype"),
                        new TakenAt(instant(row, "taken_at"), TakenAtSource.forNumber(row.getInt("taken_at_source"))),
                        header(row),
                        row.getString("header_reason")),
                row.getLong("size"),
                row.getLong("location_count"),
                supersededBy == null ? null : ContentHash.of(supersededBy),
                instant(row, "registered_at"));
    }

    private static HeaderMetadata header(ResultSet row) throws SQLException {
        HeaderMetadata.Builder header = HeaderMetadata.newBuilder();
        for (HeaderColumn column : HeaderColumn.values()) {
            column.read(row, header);
        }
        return header.build();
    }

    /** What is written, in the order of the statements above. */
    static Object[] values(Asset asset) {
        Description description = asset.description();
        ContentHash supersededBy = asset.supersededBy();
        List<@Nullable Object> values = new ArrayList<>(List.of(
                asset.hash().bytes(),
                asset.version(),
                asset.lifecycle().getNumber(),
                description.kind().getNumber(),
                description.mediaType(),
                description.subtype(),
                asset.size(),
                utc(description.taken().at()),
                description.taken().source().getNumber()));
        for (HeaderColumn column : HeaderColumn.values()) {
            values.add(column.of(description.header()));
        }
        values.add(description.headerReason());
        values.add(asset.locationCount());
        values.add(supersededBy == null ? null : supersededBy.bytes());
        values.add(utc(asset.registeredAt()));
        return values.toArray();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(@Nullable Instant time) {
        return LocalDateTime.ofInstant(time == null ? Instant.EPOCH : time, ZoneOffset.UTC);
    }
}
