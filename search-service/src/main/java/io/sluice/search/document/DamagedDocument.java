package io.sluice.search.document;

/** What stands in the index cannot be read again; only a new index helps. */
public final class DamagedDocument extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedDocument(String what, Throwable cause) {
        super(what + " cannot be read again: " + cause.getMessage(), cause);
    }
}
