/**
 * Handover bundles as batches: what the scanner saw of each, what was judged of it, its items and what became of them.
 * Preflight judges items without writing to the library; imports are made by {@code ingest.importjob}.
 */
@NullMarked
package io.sluice.ingest.handover;

import org.jspecify.annotations.NullMarked;
