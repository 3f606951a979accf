package io.sluice.ingest.provenance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What lay in an item's source folder.
 *
 * @param source text of {@code source.json}, null without one
 * @param analyses by kind
 * @param leftOut sentences about files that were too large or too many to be kept; empty when all is here
 */
public record SourceFiles(@Nullable String source, List<AnalysisFile> analyses, List<String> leftOut) {

    public static final SourceFiles NONE = new SourceFiles(null, List.of(), List.of());
}
