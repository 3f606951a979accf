package io.sluice.ingest.ledger;

/**
 * What something happened to.
 *
 * @param id sync id of a batch, or a library's id
 * @param libraryId the library that the batch lies in, or the same id again
 */
public record LedgerSubject(String id, String libraryId) {}
