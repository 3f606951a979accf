package io.sluice.ingest.handover;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What an entry says that it brings ready-made.
 *
 * @param durationMs of the video, null when unsaid
 * @param paths as the manifest has them, relative to the payload folder. Never open one but by {@link PayloadFolder}
 */
public record Deliverables(@Nullable Long durationMs, Map<Deliverable, String> paths) {

    public static final Deliverables NONE = new Deliverables(null, Map.of());

    private static final String DURATION = "duration_ms";
    private static final JsonFactory JSON = new JsonFactory();

    /** As a row keeps it: JSON with the manifest's names; null for nothing. */
    @Nullable
    String stored() {
        if (equals(NONE)) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            if (durationMs != null) {
                out.writeNumberField(DURATION, durationMs);
            }
            for (var path : new EnumMap<>(paths).entrySet()) {
                out.writeStringField(path.getKey().field(), path.getValue());
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** What a row keeps; what is no path and no number there counts as unsaid. */
    static Deliverables ofStored(@Nullable String json) {
        if (json == null) {
            return NONE;
        }
        Long duration = null;
        Map<Deliverable, String> paths = new EnumMap<>(Deliverable.class);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_NUMBER_INT && name.equals(DURATION)) {
                    duration = parser.getLongValue();
                } else if (value == JsonToken.VALUE_STRING) {
                    String path = parser.getText();
                    Deliverable.ofField(name).ifPresent(one -> paths.put(one, path));
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Deliverables of a batch item are no JSON", e);
        }
        return new Deliverables(duration, Map.copyOf(paths));
    }
}
