/** Facts leave in the order they became true: rows appended in the caller's transaction, a relay a shard that a lease and a transactional id fence. */
@NullMarked
package io.sluice.messaging.outbox;

import org.jspecify.annotations.NullMarked;
