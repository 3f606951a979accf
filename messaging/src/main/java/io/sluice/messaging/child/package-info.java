/** Bounded child processes: what may crash, hang or eat memory does it outside the service. */
@NullMarked
package io.sluice.messaging.child;

import org.jspecify.annotations.NullMarked;
