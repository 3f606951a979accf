/** File locations: where bytes lie, what was last observed of them, who holds a path, how many of each there are. */
@NullMarked
package io.sluice.ingest.location;

import org.jspecify.annotations.NullMarked;
