/** Topics are as the contract says, or the service does not start. */
@NullMarked
package io.sluice.messaging.topics;

import org.jspecify.annotations.NullMarked;
