package io.sluice.ingest.handover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.sluice.ingest.handover.ManifestProblem.WrongShape;
import io.sluice.ingest.identity.ExternalHash;

/** Takes the value that a parser stands on, or says what should stand there. A JSON null counts as unsaid. */
final class JsonValues {

    /** What a DATETIME column can hold. */
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonParser parser;

    JsonValues(JsonParser parser) {
        this.parser = parser;
    }

    /** Empty when unsaid. */
    String text(int longest) throws IOException, ManifestRefused {
        String text = textOrNull();
        if (text == null) {
            return "";
        }
        if (text.length() > longest) {
            throw wrong("has more than " + longest + " characters");
        }
        return text;
    }

    @Nullable
    String textOrNull() throws IOException, ManifestRefused {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, "a string");
        String text = parser.getText();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong("is no Unicode text: half of a surrogate pair stands alone");
        }
        return text;
    }

    /** A path's bytes. */
    byte @Nullable [] path(int longest) throws IOException, ManifestRefused {
        String text = textOrNull();
        if (text == null) {
            return null;
        }
        byte[] path = text.getBytes(StandardCharsets.UTF_8);
        if (path.length > longest) {
            throw wrong("has more than " + longest + " bytes");
        }
        return path;
    }

    @Nullable
    ExternalHash hash() throws IOException, ManifestRefused {
        String text = textOrNull();
        return text == null ? null : requireHash(text);
    }

    ExternalHash requiredHash() throws IOException, ManifestRefused {
        String text = textOrNull();
        return requireHash(text == null ? "" : text);
    }

    private ExternalHash requireHash(String text) throws ManifestRefused {
        return ExternalHash.parse(text).orElseThrow(() -> wrong("must be 32 lowercase hex digits"));
    }

    @Nullable
    SyncId syncId() throws IOException, ManifestRefused {
        String text = textOrNull();
        if (text == null) {
            return null;
        }
        if (!SyncId.isUuid(text)) {
            throw wrong("must be a UUID in lower case");
        }
        return new SyncId(text);
    }

    @Nullable
    Instant time() throws IOException, ManifestRefused {
        String text = textOrNull();
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw wrong("must lie between the years 1000 and 9999");
            }
            return time;
        } catch (DateTimeException e) {
            throw wrong("must be a time as RFC 3339 writes it, e.g. 2026-05-22T01:18:26Z");
        }
    }

    @Nullable
    Long count() throws IOException, ManifestRefused {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
            throw wrong("must be a whole number from 0 to " + Long.MAX_VALUE);
        }
        return parser.getLongValue();
    }

    boolean isTrue() throws ManifestRefused {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw wrong("must be true or false");
        };
    }

    void expect(JsonToken token, String what) throws ManifestRefused {
        if (parser.currentToken() != token) {
            throw wrong("must be " + what);
        }
    }

    /** Of the value that the parser stands on. */
    ManifestRefused wrong(String why) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return refused(pointer, (pointer.isEmpty() ? "The manifest" : pointer) + " " + why);
    }

    static ManifestRefused missing(String pointer) {
        return refused(pointer, pointer + " is missing");
    }

    static ManifestRefused refused(String pointer, String what) {
        return new ManifestRefused(
                new WrongShape(pointer, what + ". Deliver the bundle again with a corrected manifest."));
    }
}
