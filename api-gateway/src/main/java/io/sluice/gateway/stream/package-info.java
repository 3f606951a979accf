/**
 * What happens, as it happens: topics passed on as server-sent events. A reader a topic feeds one tail, the tail feeds all
 * clients; each client has a bounded queue, and one that does not keep up is cut off. An event's id is the client's
 * position in everything that is followed, so that it resumes at any gateway after what it has seen.
 */
@NullMarked
package io.sluice.gateway.stream;

import org.jspecify.annotations.NullMarked;
