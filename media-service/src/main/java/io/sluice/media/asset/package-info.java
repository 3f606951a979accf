/** Media's copy of what ingest says of assets: identity, state, kind and where their bytes lie. */
@NullMarked
package io.sluice.media.asset;

import org.jspecify.annotations.NullMarked;
