/** What waits, runs and is stuck behind the gateway, and the state root that two runs can be compared by. */
@NullMarked
package io.sluice.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
