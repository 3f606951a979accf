/** What every service that owns work can be asked about it: backlog, dead letters, its part of the state root. */
@NullMarked
package io.sluice.messaging.operations;

import org.jspecify.annotations.NullMarked;
