package io.sluice.search.index;

/** The index does not stand for its topics any more; only a new one does. */
final class RebuildNeeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    RebuildNeeded(String reason) {
        super(reason);
    }
}
