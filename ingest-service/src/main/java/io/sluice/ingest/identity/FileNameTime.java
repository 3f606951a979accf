package io.sluice.ingest.identity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The time that cameras, phones and messengers write into a file's name: one pattern (date, then perhaps a time, no
 * digit on either side), else milliseconds since 1970. A date without a time is that day's first moment.
 */
final class FileNameTime {

    private static final Pattern DATE_TIME = Pattern.compile("""
            (?<!\\d)(?<year>19[789]\\d|20\\d\\d)(?<sep>[-_.]?)(?<month>0[1-9]|1[0-2])\\k<sep>(?<day>0[1-9]|[12]\\d|3[01])\
            (?:(?:[-_.T\\ ]|\\ at\\ )?(?<hour>[01]?\\d|2[0-3])[-_.:]?(?<minute>[0-5]\\d)[-_.:]?(?<second>[0-5]\\d)\
            (?:\\.?(?<milli>\\d{3}))?(?:[\\ \\u202f]?(?<half>[AaPp])[Mm]\\b)?)?(?!\\d)""");

    /** 13 digits that begin with 1: September 2001 to May 2033; alone, or behind a '_' or '-'. */
    private static final Pattern EPOCH_MILLIS = Pattern.compile("(?:^|[_-])(1\\d{12})(?!\\d)");

    private FileNameTime() {}

    /**
     * @param zone of names that speak of local time; Google's {@code PXL_} names speak of UTC
     */
    static Optional<Instant> in(String fileName, ZoneId zone) {
        ZoneId spoken = fileName.toUpperCase(Locale.ROOT).startsWith("PXL_") ? ZoneOffset.UTC : zone;
        Matcher date = DATE_TIME.matcher(fileName);
        while (date.find()) {
            Optional<Instant> found = at(date, spoken);
            if (found.isPresent()) {
                return found;
            }
        }
        Matcher millis = EPOCH_MILLIS.matcher(fileName);
        return millis.find() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(millis.group(1)))) : Optional.empty();
    }

    private static Optional<Instant> at(Matcher found, ZoneId zone) {
        try {
            return Optional.of(LocalDateTime.of(
                            number(found.group("year")),
                            number(found.group("month")),
                            number(found.group("day")),
                            hour(found.group("hour"), found.group("half")),
                            number(found.group("minute")),
                            number(found.group("second")),
                            number(found.group("milli")) * 1_000_000)
                    .atZone(zone)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // 30 February
        }
    }

    private static int hour(@Nullable String hour, @Nullable String half) {
        if (half == null) {
            return number(hour);
        }
        return number(hour) % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
