package io.sluice.gateway.stream;

/**
 * How the pipeline is, as it is told.
 *
 * @param digest the same for the same states of the same groups, on every gateway
 * @param json all of them, on one line
 */
record KnownLag(String digest, String json) {}
