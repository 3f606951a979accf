/** Calls between services: error codes that survive the wire, the shared token, and what every service answers about its work. */
@NullMarked
package io.sluice.messaging.grpc;

import org.jspecify.annotations.NullMarked;
