/**
 * Handover bundles on their way into the library, as ingest tells them: batches with their items, jobs and ledger, and
 * the commands that a person gives (scan, preflight, queue, cancel). Nothing is imported here; what is asked for is
 * queued with ingest.
 */
@NullMarked
package io.sluice.gateway.importing;

import org.jspecify.annotations.NullMarked;
