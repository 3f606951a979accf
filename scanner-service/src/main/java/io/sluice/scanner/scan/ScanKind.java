package io.sluice.scanner.scan;

import java.util.Locale;

/** What a walk looks at: what changed lately, or everything. Only a full one finds absence. */
public enum ScanKind {
    QUICK,
    FULL;

    /** As it stands in tables, metrics and logs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ScanKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
