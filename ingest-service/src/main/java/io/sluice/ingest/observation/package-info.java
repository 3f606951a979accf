/** Observations become location rows; digests of full scans say whether any were lost. */
@NullMarked
package io.sluice.ingest.observation;

import org.jspecify.annotations.NullMarked;
