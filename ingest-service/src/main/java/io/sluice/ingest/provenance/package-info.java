/** Where assets come from and what the upstream's analyses found: kept as they came, their text told for search. */
@NullMarked
package io.sluice.ingest.provenance;

import org.jspecify.annotations.NullMarked;
