/** Work and messages that were given up on, of all services in one list; each is kept by the service that owns the work. */
@NullMarked
package io.sluice.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
