package io.sluice.gateway.stream;

/**
 * A record as it goes out.
 *
 * @param slot of its partition
 * @param offset in its partition
 * @param subject what it happened to: a sync id, a library id or a content hash
 * @param json what it says, on one line
 */
record StreamedEvent(int slot, long offset, EventType type, String subject, String json) {}
