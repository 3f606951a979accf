package io.sluice.ingest.handover;

import java.io.IOException;
import java.io.StringWriter;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

import io.sluice.ingest.handover.ManifestProblem.TooLarge;

/** Fields that we do not know, kept as they came: names, order, and numbers to the last digit. */
final class UnknownFields {

    /** The parser keeps the names of an open object to find doubled ones: they must have an end. */
    static final int MOST_FIELDS = 1000;

    /** Above what the parser lets through, whatever is configured. */
    private static final int DEEPEST = 1002;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Half a surrogate pair is no text that a column could keep, its escape is.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final int mostCharacters;
    private final StringWriter kept = new StringWriter();
    private @Nullable JsonGenerator generator;

    UnknownFields(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** Keeps a field whose value the parser stands on the beginning of; leaves it at the value's end. */
    void keep(String name, JsonParser parser) throws IOException, ManifestRefused {
        generator().writeFieldName(name);
        int[] fields = new int[DEEPEST];
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> fields[++depth] = 0;
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME -> countField(++fields[depth], parser);
                default -> {}
            }
            write(parser, token);
            if (depth == 0) {
                return;
            }
            parser.nextToken();
        }
    }

    /** A field whose value is JSON already. */
    void keepJson(String name, String json) throws IOException {
        generator().writeFieldName(name);
        generator().writeRawValue(json);
    }

    void keep(String name, String text) throws IOException {
        generator().writeStringField(name, text);
    }

    static void countField(int fields, JsonParser parser) throws ManifestRefused {
        if (fields > MOST_FIELDS) {
            throw tooLarge(parser, "an object of more than " + MOST_FIELDS + " fields");
        }
    }

    private void write(JsonParser parser, JsonToken token) throws IOException, ManifestRefused {
        JsonGenerator out = generator();
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
            default -> out.copyCurrentEvent(parser);
        }
        out.flush();
        if (kept.getBuffer().length() > mostCharacters) {
            throw tooLarge(parser, "more than " + mostCharacters + " characters of fields that we do not know");
        }
    }

    private static ManifestRefused tooLarge(JsonParser parser, String what) {
        return new ManifestRefused(new TooLarge(
                parser.getParsingContext().pathAsPointer().toString(),
                "The manifest has " + what + "; leave them out, or put them into files of the payload."));
    }

    private JsonGenerator generator() throws IOException {
        JsonGenerator open = generator;
        if (open == null) {
            open = JSON.createGenerator(kept);
            open.writeStartObject();
            generator = open;
        }
        return open;
    }

    /** A JSON object; null when there were none. Once. */
    @Nullable
    String json() throws IOException {
        if (generator == null) {
            return null;
        }
        generator.writeEndObject();
        generator.close();
        return kept.toString();
    }
}
