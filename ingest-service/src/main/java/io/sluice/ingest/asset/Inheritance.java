package io.sluice.ingest.asset;

import java.util.Map;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.identity.ContentHash;

/** Whoever keeps something for assets gives it to those that take their place; a CDI bean. */
public interface Inheritance {

    /**
     * In the transaction in which the old ones lose their last location; both are locked, and told again after it.
     *
     * @param heirs by the asset whose place they take
     */
    void pass(Handle tx, Map<ContentHash, ContentHash> heirs);
}
