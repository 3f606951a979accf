package io.sluice.ingest.handover;

/** The limits of this release, but for those that a test makes small. */
record TestLimits(long manifestBytes, int items, int nesting, int stringLength, int countedFiles)
        implements HandoverConfig {

    static final TestLimits DEFAULT = new TestLimits(64 << 20, 200_000, 32, 65_536, 20_000);
}
