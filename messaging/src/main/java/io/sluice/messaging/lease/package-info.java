/** Time-limited ownership with a fencing token, and the duties that it guards. */
@NullMarked
package io.sluice.messaging.lease;

import org.jspecify.annotations.NullMarked;
