package io.sluice.messaging.operations;

import java.util.function.Consumer;

/** A service's part of the state root; a CDI bean of a service that has one. */
public interface StateLineSource {

    /** Every line, sorted by its UTF-8 bytes, streamed from pages: no times, no ids. */
    void forEachLine(Consumer<String> sink);
}
