/** The library of assets: the one road into it, successions, listings, and what is told of each. */
@NullMarked
package io.sluice.ingest.asset;

import org.jspecify.annotations.NullMarked;
