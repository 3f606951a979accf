/** What every service needs to change its rows and tell others of it: transactions, event metadata, who this instance is. */
@NullMarked
package io.sluice.messaging;

import org.jspecify.annotations.NullMarked;
