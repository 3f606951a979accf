package io.sluice.ingest.handover;

import java.util.Locale;

/** What became of an item. */
public enum Decision {
    /** New in the library. */
    CREATED,
    /** Its bytes were known already from elsewhere. */
    LINKED,
    /** Known, and something about it changed. */
    UPDATED,
    /** Known, and nothing changed. */
    SKIPPED,
    /** What it refers to is not known yet; tried again at the end of its wave and in the next run. */
    DEFERRED,
    FAILED;

    /** Who decided: what would be done, or what was done. */
    public enum By {
        PREFLIGHT,
        IMPORT;

        /** As it stands in the table and in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static By ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether the item is in the library now: a later run leaves it alone unless it is forced. */
    public boolean terminal() {
        return this != DEFERRED && this != FAILED;
    }

    /** As it stands in the table, in answers and in the ledger. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Decision ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
