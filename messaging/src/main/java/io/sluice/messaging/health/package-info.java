/** Ready means able to serve, alive means making progress. */
@NullMarked
package io.sluice.messaging.health;

import org.jspecify.annotations.NullMarked;
