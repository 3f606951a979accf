/**
 * Every answer that is not what was asked for: RFC 9457 problem+json with our error code, a detail that says what to do,
 * the trace id to look for in the logs, and a pointer to each wrong field. What went wrong inside us is never shown.
 */
@NullMarked
package io.sluice.gateway.problem;

import org.jspecify.annotations.NullMarked;
