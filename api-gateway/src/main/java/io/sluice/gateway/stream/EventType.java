package io.sluice.gateway.stream;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a client can wish to hear of. */
enum EventType {
    /** An entry of the ledger: what happened to an import. */
    LEDGER,
    /** A rendition of an asset became ready, or it is settled that there will be none. */
    ASSET,
    /** The health of a library changed. */
    LIBRARY,
    /** How all groups and classes of the pipeline are, because one of them changed. */
    LAG;

    /** Names of types with commas between them. */
    static final String LIST = "^(ledger|asset|library|lag)(,(ledger|asset|library|lag)){0,9}$";

    /** As it stands in the stream. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param list as {@link #LIST} has it */
    static Set<EventType> of(String list) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        Arrays.stream(list.split(","))
                .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
                .forEach(types::add);
        return types;
    }
}
