/**
 * Seeded faults over a running stack with work in it, and what must hold when they are over: nothing lost, doubled, torn, orphaned or
 * stuck. Faults and schedules are data ({@link io.sluice.e2e.nemesis.Fault}); what they do is {@link io.sluice.e2e.nemesis.Strike};
 * what must hold is a list of checks ({@link io.sluice.e2e.nemesis.Invariants}).
 */
@NullMarked
package io.sluice.e2e.nemesis;

import org.jspecify.annotations.NullMarked;
