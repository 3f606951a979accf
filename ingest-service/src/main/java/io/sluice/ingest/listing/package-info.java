/** What lists have in common: where a page begins, and how long it may be. */
@NullMarked
package io.sluice.ingest.listing;

import org.jspecify.annotations.NullMarked;
