/**
 * All services through their public API, on the stack that a person starts too: one road end to end, what kills and lost messages must
 * not change, and the first run as the README tells it.
 */
@NullMarked
package io.sluice.e2e;

import org.jspecify.annotations.NullMarked;
