/** The only door: REST, bytes and the console. It owns keys and sessions; everything else it asks of the service that does. */
@NullMarked
package io.sluice.gateway;

import org.jspecify.annotations.NullMarked;
