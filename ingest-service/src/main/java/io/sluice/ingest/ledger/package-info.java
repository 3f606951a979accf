/** The append-only history of what happened to batches and libraries, and its copy on a topic. */
@NullMarked
package io.sluice.ingest.ledger;

import org.jspecify.annotations.NullMarked;
