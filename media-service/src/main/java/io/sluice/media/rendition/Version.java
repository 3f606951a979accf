package io.sluice.media.rendition;

import org.jdbi.v3.core.Handle;

/** Versions that never run backwards, not even in a restored database: the database's clock in µs, or one more than the last. */
final class Version {

    private final long now;

    private Version(long now) {
        this.now = now;
    }

    static Version now(Handle tx) {
        return new Version(tx.createQuery("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED)")
                .mapTo(Long.class)
                .one());
    }

    long after(long last) {
        return Math.max(last + 1, now);
    }
}
