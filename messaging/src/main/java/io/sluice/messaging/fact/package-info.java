/** Facts arrive: whole batches in one transaction, halved when one is bad, deferred by key, given up on as dead letters. */
@NullMarked
package io.sluice.messaging.fact;

import org.jspecify.annotations.NullMarked;
