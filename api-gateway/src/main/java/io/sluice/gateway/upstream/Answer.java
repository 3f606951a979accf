package io.sluice.gateway.upstream;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;

/** What a service said, or that it said nothing. */
public sealed interface Answer<T> {

    record Known<T>(T value) implements Answer<T> {}

    /** Why there is no answer; never to be shown as zero or as empty. */
    record Unknown<T>(Upstream upstream, CodedException failure) implements Answer<T> {}

    /** The value, null when unknown. */
    default @Nullable T orNull() {
        return switch (this) {
            case Known<T> known -> known.value();
            case Unknown<T> unknown -> null;
        };
    }
}
