/** Galleries and collections: what a manifest names as members, which of them are assets, and what is told of it. */
@NullMarked
package io.sluice.ingest.container;

import org.jspecify.annotations.NullMarked;
