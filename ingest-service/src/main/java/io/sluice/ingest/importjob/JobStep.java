package io.sluice.ingest.importjob;

import java.util.Locale;

import io.sluice.ingest.handover.Wave;

/** What a running job is doing. */
enum JobStep {
    PREFLIGHT,
    PRIMARIES,
    COVERS,
    CONTAINERS,
    FINISH;

    static JobStep of(Wave wave) {
        return switch (wave) {
            case PRIMARIES -> PRIMARIES;
            case COVERS -> COVERS;
            case CONTAINERS -> CONTAINERS;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
