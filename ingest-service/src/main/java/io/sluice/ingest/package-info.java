/** The ingest service: stores what the scanner observed, hashes it, registers assets, answers questions about them. */
@NullMarked
package io.sluice.ingest;

import org.jspecify.annotations.NullMarked;
