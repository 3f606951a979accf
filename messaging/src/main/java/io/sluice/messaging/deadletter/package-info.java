/** Work and messages given up on, with their cause, kept by their owner. */
@NullMarked
package io.sluice.messaging.deadletter;

import org.jspecify.annotations.NullMarked;
