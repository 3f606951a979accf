package io.sluice.ingest.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifSubIFDDirectory;

/**
 * When the shutter opened, as EXIF has it: original, else digitized; with sub-seconds and offset. EXIF 2.32, section
 * 4.6.5. Years before 1900 ({@code 0000:…}), 1904-01-01 and 1970-01-01 are clocks that were never set.
 */
final class ExifTime {

    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})[:/.-](\\d{2})[:/.-](\\d{2})[ T](\\d{2}):(\\d{2}):(\\d{2}).*");

    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{2}:\\d{2}|Z");

    private ExifTime() {}

    /** @param zone what a time without an offset is taken for */
    static Optional<Instant> of(Metadata metadata, ZoneId zone) {
        for (ExifSubIFDDirectory shot : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
            Optional<Instant> original = at(
                            shot,
                            ExifDirectoryBase.TAG_DATETIME_ORIGINAL,
                            ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL,
                            ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL,
                            zone)
                    .or(() -> at(
                            shot,
                            ExifDirectoryBase.TAG_DATETIME_DIGITIZED,
                            ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED,
                            ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED,
                            zone));
            if (original.isPresent()) {
                return original;
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> at(Directory shot, int timeTag, int fractionTag, int offsetTag, ZoneId zone) {
        String time = shot.getString(timeTag);
        Matcher digits = time == null ? null : DATE_TIME.matcher(time);
        if (digits == null || !digits.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(digits, 1),
                    number(digits, 2),
                    number(digits, 3),
                    number(digits, 4),
                    number(digits, 5),
                    Math.min(59, number(digits, 6)),
                    nanos(shot.getString(fractionTag)));
            return neverSet(local)
                    ? Optional.empty()
                    : Optional.of(local.atZone(offset(shot.getString(offsetTag), zone))
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean neverSet(LocalDateTime time) {
        boolean firstDay = time.getDayOfYear() == 1;
        return time.getYear() < 1900 || (firstDay && (time.getYear() == 1904 || time.getYear() == 1970));
    }

    private static ZoneId offset(@Nullable String offset, ZoneId zone) {
        if (offset == null || !OFFSET.matcher(offset.strip()).matches()) {
            return zone;
        }
        return ZoneOffset.of(offset.strip());
    }

    /** "5" is half a second: the digits stand behind a decimal point. */
    private static int nanos(@Nullable String fraction) {
        String digits = fraction == null ? "" : fraction.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return Integer.parseInt((digits + "000000000").substring(0, 9));
    }

    private static int number(Matcher digits, int group) {
        return Integer.parseInt(digits.group(group));
    }
}
