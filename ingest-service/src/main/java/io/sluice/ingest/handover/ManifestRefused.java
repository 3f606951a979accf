package io.sluice.ingest.handover;

/** Ends the reading of a manifest; never leaves {@link ManifestReader}, which makes a value of it. */
final class ManifestRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ManifestProblem problem;

    ManifestRefused(ManifestProblem problem) {
        super(problem.sentence(), null, false, false);
        this.problem = problem;
    }

    ManifestProblem problem() {
        return problem;
    }
}
