package io.sluice.gateway.search;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchReason;
import io.sluice.contract.search.v1.SnippetSpan;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.web.PathText;
import io.sluice.gateway.web.Wire;

/**
 * An asset that fits.
 *
 * @param library name of the library; null when it is not configured any more
 * @param path below the library, of the location that fits best
 * @param pathB64 the exact bytes of the path, only when they are not UTF-8
 * @param score comparable within one search only
 * @param reasons every field that a word was found in, the best first; empty when only filters chose
 * @param thumbnailUrl null until there is one
 */
public record SearchHitRepresentation(
        @Schema(examples = "b3c1a4b0b3b1a9d45e9f1c7a5d2e8f6047a3b9c8d7e6f5a4b3c2d1e0f9a8b7c6")
        String contentHash,

        @Nullable String libraryId,
        @Schema(examples = "Pictures") @Nullable String library,
        @Schema(examples = "2024/07/harbour.jpg") String path,
        @Nullable String pathB64,
        double score,
        List<Reason> reasons,
        @Schema(examples = "image") String kind,
        @Nullable Instant takenAt,
        @Nullable String thumbnailUrl) {

    /**
     * Why it was found.
     *
     * @param field name, path, title, camera, lens, date, text or format
     * @param snippet the field around the first match
     * @param spans the matches within the snippet
     */
    @Schema(name = "SearchReasonRepresentation")
    public record Reason(@Schema(examples = "name") String field, String snippet, List<Span> spans) {

        static Reason of(SearchReason reason) {
            return new Reason(
                    reason.getField(),
                    reason.getSnippet(),
                    reason.getSpansList().stream().map(Span::of).toList());
        }
    }

    /**
     * A match, in UTF-16 code units.
     *
     * @param end exclusive
     */
    @Schema(name = "SearchSpanRepresentation")
    public record Span(int start, int end) {

        static Span of(SnippetSpan span) {
            return new Span(span.getStart(), span.getEnd());
        }
    }

    static SearchHitRepresentation of(SearchHit hit, LibraryRoots roots) {
        String contentHash = HexFormat.of().formatHex(hit.getContentHash().toByteArray());
        PathText path = PathText.of(hit.getPath());
        return new SearchHitRepresentation(
                contentHash,
                Wire.textOrNull(hit.getLibraryId()),
                roots.withId(hit.getLibraryId()).map(LibraryState::getName).orElse(null),
                path.text(),
                path.base64(),
                hit.getScore(),
                hit.getReasonsList().stream().map(Reason::of).toList(),
                Wire.wordOf(hit.getKind()),
                Wire.instantOrNull(hit.hasTakenAt(), hit.getTakenAt()),
                hit.getReadyRenditionsList().contains("thumbnail")
                        ? "/api/v1/assets/" + contentHash + "/renditions/thumbnail"
                        : null);
    }
}
