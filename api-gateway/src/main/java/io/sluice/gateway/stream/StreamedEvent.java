package io.sluice.gateway.stream;

/**
 * A ledger entry as it goes out.
 *
 * @param offset on the topic; the event's id
 * @param subject what it happened to
 * @param json the entry, on one line
 */
record StreamedEvent(long offset, String subject, String json) {}
