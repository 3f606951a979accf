package io.sluice.ingest.asset;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Descriptors.FieldDescriptor;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/** The header's fields as columns of the same names, in the order in which they are written. */
enum HeaderColumn {
    CAMERA_MAKE,
    CAMERA_MODEL,
    LENS_MODEL,
    ORIENTATION,
    GPS_LATITUDE,
    GPS_LONGITUDE,
    GPS_ALTITUDE,
    FOCAL_LENGTH,
    APERTURE,
    SHUTTER_SPEED,
    ISO;

    private final FieldDescriptor field;

    HeaderColumn() {
        field = HeaderMetadata.getDescriptor().findFieldByName(name().toLowerCase(Locale.ROOT));
    }

    /** Null when the file did not have it. */
    @Nullable
    Object of(HeaderMetadata header) {
        return header.hasField(field) ? header.getField(field) : null;
    }

    void read(ResultSet row, HeaderMetadata.Builder header) throws SQLException {
        Object value =
                switch (field.getJavaType()) {
                    case STRING -> row.getString(field.getName());
                    case INT -> row.getInt(field.getName());
                    default -> row.getDouble(field.getName());
                };
        if (value != null && !row.wasNull()) {
            header.setField(field, value);
        }
    }
}
