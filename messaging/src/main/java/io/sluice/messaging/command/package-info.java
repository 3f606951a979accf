/** Commands that a caller may send again: the owner of the effect keeps each key with its answer, in the effect's own transaction. */
@NullMarked
package io.sluice.messaging.command;

import org.jspecify.annotations.NullMarked;
