package io.sluice.gateway.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import com.google.protobuf.Timestamp;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Times as callers send them, RFC 3339. */
public final class WireTime {

    /** What a protobuf Timestamp holds, in seconds since 1970: the years 1 to 9999. */
    private static final long FIRST = -62_135_596_800L;

    private static final long LAST = 253_402_300_799L;

    private WireTime() {}

    /**
     * The moment that the text says.
     *
     * @param parameter named to the caller when it says none
     * @throws CodedException {@code INVALID_REQUEST}
     */
    public static Timestamp parse(String parameter, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.getEpochSecond() < FIRST || instant.getEpochSecond() > LAST) {
                throw wrong(parameter, "A time from year 1 to 9999.");
            }
            return Timestamp.newBuilder()
                    .setSeconds(instant.getEpochSecond())
                    .setNanos(instant.getNano())
                    .build();
        } catch (DateTimeException unreadable) {
            throw wrong(parameter, "A time like 2024-07-14T18:22:05Z or 2024-07-14T18:22:05+02:00 (with + as %2B).");
        }
    }

    private static CodedException wrong(String parameter, String detail) {
        return new CodedException(ErrorCode.INVALID_REQUEST, parameter + ": " + detail);
    }
}
