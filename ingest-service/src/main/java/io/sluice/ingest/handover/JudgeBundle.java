package io.sluice.ingest.handover;

import java.util.function.Supplier;

/** The table of verdicts: which of a bundle's files are there, and what the manifest says. */
final class JudgeBundle {

    private JudgeBundle() {}

    /** @param manifest reads it; asked only when both files are there and carry a name that a manifest can have */
    static Judgement judge(SyncId name, Look look, Supplier<ManifestRead> manifest) {
        boolean released = look.sentinelMtimeNs() != null;
        if (look.manifest() == null) {
            return released
                    ? Judgement.unread(
                            Verdict.MANIFEST_MISSING,
                            "The sentinel is there and the manifest is not. Deliver " + name + ".json, or remove "
                                    + name + ".ready.")
                    : Judgement.unread(
                            Verdict.GONE, "Both files of the bundle went away. Deliver it again to have it imported.");
        }
        if (!released) {
            return Judgement.unread(
                    Verdict.NOT_RELEASED, "The bundle is not released: its sender writes " + name + ".ready last.");
        }
        return switch (manifest.get()) {
            case ManifestRead.Refused(ManifestProblem problem, byte[] sha256) ->
                new Judgement(Verdict.BAD_MANIFEST, problem.sentence(), problem.pointer(), sha256, ManifestClaims.NONE);
            case ManifestRead.Whole whole -> judge(name, whole);
        };
    }

    private static Judgement judge(SyncId name, ManifestRead.Whole manifest) {
        if (!name.isUuid() || !name.text().equals(manifest.syncId())) {
            return of(
                    Verdict.BAD_NAME,
                    "The files are called " + name + " and the manifest's sync_id is " + manifest.syncId()
                            + "; both must be the same UUID in lower case. Deliver the bundle again under its id.",
                    manifest);
        }
        if (!manifest.status().equals("completed")) {
            return of(
                    Verdict.NOT_COMPLETED,
                    "The manifest's status is '" + manifest.status()
                            + "', and only 'completed' is imported. Its sender completes it.",
                    manifest);
        }
        if (!manifest.claims().verifiedPassed()) {
            return of(
                    Verdict.NOT_VERIFIED,
                    "The manifest's verification.passed is not true. Its sender verifies and delivers it again.",
                    manifest);
        }
        return of(Verdict.CONSUMABLE, "", manifest);
    }

    private static Judgement of(Verdict verdict, String reason, ManifestRead.Whole manifest) {
        return new Judgement(verdict, reason, "", manifest.sha256(), manifest.claims());
    }
}
