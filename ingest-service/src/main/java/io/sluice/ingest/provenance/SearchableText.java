package io.sluice.ingest.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * What a person could search for in an analysis: the text values of its JSON in their order, one a line; names of fields
 * are no text. A file that is no JSON has what stood before the place where it stops being one.
 *
 * @param truncated cut at the limit
 */
record SearchableText(String text, boolean truncated) {

    /** 256 KB of a record less what stands beside the text. */
    static final int MOST_BYTES = 255 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(8 << 20)
                    .build())
            .build();

    static SearchableText of(byte[] body) {
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    continue;
                }
                String line = line(parser.getText());
                if (line.isEmpty()) {
                    continue;
                }
                int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
                if (bytes + length > MOST_BYTES) {
                    text.append(cut(line, MOST_BYTES - bytes - 1));
                    return new SearchableText(text.toString().strip(), true);
                }
                bytes += length;
                text.append(line).append('\n');
            }
        } catch (IOException noMore) {
            return new SearchableText(text.toString().strip(), false);
        }
        return new SearchableText(text.toString().strip(), false);
    }

    private static String line(String value) {
        return value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** The longest beginning of at most so many bytes; no character is torn. */
    private static String cut(String line, int bytes) {
        int end = 0;
        int used = 0;
        while (end < line.length()) {
            int character = line.codePointAt(end);
            int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (used + size > bytes) {
                break;
            }
            used += size;
            end += Character.charCount(character);
        }
        return line.substring(0, end);
    }
}
