package io.sluice.gateway.importing;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of the ledger, newest first. */
public record LedgerPageRepresentation(
        List<LedgerEntryRepresentation> items, @Nullable String nextCursor) {}
