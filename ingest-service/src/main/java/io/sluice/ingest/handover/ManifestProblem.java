package io.sluice.ingest.handover;

import io.sluice.contract.ErrorCode;

/** Why a manifest cannot be taken: what to tell its sender. */
public sealed interface ManifestProblem {

    /** JSON pointer to where it is; empty for the whole. */
    String pointer();

    /** One sentence with the cure. */
    String sentence();

    ErrorCode code();

    /** More of something than we take. */
    record TooLarge(String pointer, String sentence) implements ManifestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MANIFEST_TOO_LARGE;
        }
    }

    /** Not JSON in UTF-8. */
    record NotJson(String pointer, String sentence) implements ManifestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MANIFEST_INVALID;
        }
    }

    /** JSON, but no manifest. */
    record WrongShape(String pointer, String sentence) implements ManifestProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.MANIFEST_INVALID;
        }
    }
}
