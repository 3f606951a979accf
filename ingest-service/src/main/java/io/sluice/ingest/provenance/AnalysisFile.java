package io.sluice.ingest.provenance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * A file of an item's {@code data/} folder, as it was.
 *
 * @param kind {@code photo.manifest}, {@code photo.analysis}, {@code photo.meaning}, {@code photo.family}, or
 *     {@code source_data:<file>} for any other name
 */
public record AnalysisFile(String kind, byte[] body) {

    private static final Set<String> KNOWN =
            Set.of("photo.manifest", "photo.analysis", "photo.meaning", "photo.family");

    private static final String OTHER = "source_data:";

    private static final int LONGEST_KIND = 190;

    /** What a file of that name holds; the names of unknown files are cut at what a key has room for. */
    public static String kindOf(String fileName) {
        String stem = fileName.endsWith(".json") ? fileName.substring(0, fileName.length() - 5) : fileName;
        if (KNOWN.contains(stem) && fileName.endsWith(".json")) {
            return stem;
        }
        String kind = OTHER + fileName;
        // Bytes and not characters: a record key of text is limited as a column is.
        while (kind.getBytes(StandardCharsets.UTF_8).length > LONGEST_KIND) {
            kind = kind.substring(0, kind.length() - 1);
        }
        return kind;
    }

    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
