/** Work is a row: submitted, released through a window, claimed under a lease, attempted, ended. */
@NullMarked
package io.sluice.messaging.work;

import org.jspecify.annotations.NullMarked;
