package io.sluice.media.rendition;

import java.util.Locale;

import io.sluice.contract.media.v1.RenditionLifecycle;

/** Where a rendition is in its life. Running shows at its row of work, not here. */
public enum Lifecycle {
    PENDING(RenditionLifecycle.RENDITION_LIFECYCLE_PENDING),
    READY(RenditionLifecycle.RENDITION_LIFECYCLE_READY),
    FAILED(RenditionLifecycle.RENDITION_LIFECYCLE_FAILED),
    UNSUPPORTED(RenditionLifecycle.RENDITION_LIFECYCLE_UNSUPPORTED);

    private final RenditionLifecycle told;

    Lifecycle(RenditionLifecycle told) {
        this.told = told;
    }

    RenditionLifecycle told() {
        return told;
    }

    /** As it stands in the table and in the state root. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Lifecycle of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
