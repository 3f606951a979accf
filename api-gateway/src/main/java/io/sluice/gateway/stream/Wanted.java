package io.sluice.gateway.stream;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants to hear of.
 *
 * @param subject null for everything
 */
record Wanted(Set<EventType> types, @Nullable String subject) {

    /** All that there is. */
    static Wanted everything() {
        return new Wanted(EnumSet.allOf(EventType.class), null);
    }

    boolean has(StreamedEvent event) {
        return types.contains(event.type()) && (subject == null || subject.equals(event.subject()));
    }

    /** The lag is nobody's own: who asks for one subject does not hear of it. */
    boolean hasLag() {
        return types.contains(EventType.LAG) && subject == null;
    }
}
