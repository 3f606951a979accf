package io.sluice.media.rendition;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.sluice.media.asset.ContentHash;

/** Reads a row of the table {@code rendition r}. */
final class RenditionRow {

    static final String COLUMNS = """
            r.name, r.profile_version, r.lifecycle, r.version, r.media_type, r.width, r.height, r.bytes, r.error_code,
            r.reason, r.attempts, r.source\s""";

    private RenditionRow() {}

    static Rendition read(ContentHash hash, ResultSet row) throws SQLException {
        return new Rendition(
                hash,
                row.getString("name"),
                row.getInt("profile_version"),
                Lifecycle.of(row.getString("lifecycle")),
                row.getLong("version"),
                row.getString("media_type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"),
                row.getString("error_code"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getString("source"));
    }
}
