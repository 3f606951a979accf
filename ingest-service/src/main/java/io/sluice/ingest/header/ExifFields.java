package io.sluice.ingest.header;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.drew.lang.GeoLocation;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;

import io.sluice.contract.ingest.v1.HeaderMetadata;

/** The EXIF fields that we keep. What cannot be true (latitude 200, orientation 0, position 0,0) is as if it were not there. */
final class ExifFields {

    private static final int LONGEST_TEXT = 255;

    private ExifFields() {}

    static HeaderMetadata of(Metadata metadata) {
        HeaderMetadata.Builder fields = HeaderMetadata.newBuilder();
        Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        if (main != null) {
            text(main, ExifDirectoryBase.TAG_MAKE, fields::setCameraMake);
            text(main, ExifDirectoryBase.TAG_MODEL, fields::setCameraModel);
            Integer orientation = main.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            if (orientation != null && orientation >= 1 && orientation <= 8) {
                fields.setOrientation(orientation);
            }
        }
        Directory shot = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        if (shot != null) {
            text(shot, ExifDirectoryBase.TAG_LENS_MODEL, fields::setLensModel);
            positive(shot, ExifDirectoryBase.TAG_FOCAL_LENGTH, fields::setFocalLength);
            positive(shot, ExifDirectoryBase.TAG_FNUMBER, fields::setAperture);
            positive(shot, ExifDirectoryBase.TAG_EXPOSURE_TIME, fields::setShutterSpeed);
            Integer iso = shot.getInteger(ExifDirectoryBase.TAG_ISO_EQUIVALENT);
            if (iso != null && iso > 0) {
                fields.setIso(iso);
            }
        }
        GpsDirectory gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        if (gps != null) {
            position(gps, fields);
        }
        return fields.build();
    }

    private static void position(GpsDirectory gps, HeaderMetadata.Builder fields) {
        GeoLocation place = gps.getGeoLocation();
        boolean real = place != null
                && !place.isZero()
                && Math.abs(place.getLatitude()) <= 90
                && Math.abs(place.getLongitude()) <= 180;
        if (!real) {
            return; // an altitude without a place is worth nothing
        }
        fields.setGpsLatitude(place.getLatitude()).setGpsLongitude(place.getLongitude());
        Rational altitude = gps.getRational(GpsDirectory.TAG_ALTITUDE);
        if (altitude != null && altitude.getDenominator() != 0) {
            Integer below = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
            fields.setGpsAltitude(below != null && below == 1 ? -altitude.doubleValue() : altitude.doubleValue());
        }
    }

    private static void text(Directory directory, int tag, Consumer<String> field) {
        @Nullable String value = directory.getString(tag);
        if (value == null) {
            return;
        }
        String clean = value.replaceAll("\\p{Cntrl}", "").strip();
        if (!clean.isEmpty()) {
            int end = clean.offsetByCodePoints(0, Math.min(LONGEST_TEXT, clean.codePointCount(0, clean.length())));
            field.accept(clean.substring(0, end));
        }
    }

    private static void positive(Directory directory, int tag, Consumer<Double> field) {
        Double value = directory.getDoubleObject(tag);
        if (value != null && Double.isFinite(value) && value > 0) {
            field.accept(value);
        }
    }
}
