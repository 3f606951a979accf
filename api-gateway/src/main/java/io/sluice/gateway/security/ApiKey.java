package io.sluice.gateway.security;

import java.time.Instant;

/**
 * A key without its secret.
 *
 * @param id UUID text
 * @param name unique; what a person calls it
 */
record ApiKey(String id, String name, Role role, Instant createdAt) {}
