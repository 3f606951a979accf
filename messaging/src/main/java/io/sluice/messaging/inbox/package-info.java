/** What was handled already: the last resort where neither a natural key nor a version tells. */
@NullMarked
package io.sluice.messaging.inbox;

import org.jspecify.annotations.NullMarked;
