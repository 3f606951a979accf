/**
 * A real Kafka broker and a real MariaDB as processes of this machine, and the services beside them: what tests start
 * is what a person starts with {@code ./sluice up}. No containers, no account; all state lies in one folder.
 */
@NullMarked
package io.sluice.localstack;

import org.jspecify.annotations.NullMarked;
