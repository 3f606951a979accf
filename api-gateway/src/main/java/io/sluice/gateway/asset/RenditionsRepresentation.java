package io.sluice.gateway.asset;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.sluice.gateway.command.Tagged;

/**
 * @param nextCursor always null: an asset has few renditions
 * @param version the newest of theirs
 */
public record RenditionsRepresentation(
        List<RenditionRepresentation> items,
        @Nullable String nextCursor,
        @JsonIgnore long version) implements Tagged {}
