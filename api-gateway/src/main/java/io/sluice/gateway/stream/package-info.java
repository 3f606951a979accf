/**
 * What happens, as it happens: the ledger's topic passed on as server-sent events. One reader feeds all clients; each
 * client has a bounded queue, and one that does not keep up is cut off and resumes from the last event it has seen.
 */
@NullMarked
package io.sluice.gateway.stream;

import org.jspecify.annotations.NullMarked;
