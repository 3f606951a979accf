/** What a file is by its bytes and its names: content hash, media kind, when it was taken and how we know. */
@NullMarked
package io.sluice.ingest.identity;

import org.jspecify.annotations.NullMarked;
