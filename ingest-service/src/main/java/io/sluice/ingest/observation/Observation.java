package io.sluice.ingest.observation;

import java.util.UUID;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.HashState;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.location.Standing;

/** What the scanner last saw of one file, judged: it can be stored as it is. */
record Observation(
        LocationKey key,
        long sequence,
        RelativePath path,
        boolean present,
        FileStat stat,
        boolean stable,
        String scanId) {

    /** @throws CodedException {@code INVALID_REQUEST} for one that no row could hold */
    static Observation of(FileObservation told) {
        if (told.getSequence() <= 0 || told.getFileId() <= 0) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "An observation needs a file id and a sequence number above 0: " + told.getFileId() + ", "
                            + told.getSequence());
        }
        return new Observation(
                LocationKey.parse(told.getLibraryId() + "/" + told.getFileId()),
                told.getSequence(),
                RelativePath.of(told.getPath().toByteArray()),
                told.getPresent(),
                FileStat.of(told.getStat()),
                told.getStable(),
                scanId(told.getScanId()));
    }

    private static String scanId(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "No scan id: '" + text + "'", e);
        }
    }

    Standing standing() {
        return present ? Standing.PRESENT : Standing.ABSENT;
    }

    /** The row of a file that was never seen before. */
    FileLocation asNew() {
        return new FileLocation(
                0,
                key,
                sequence,
                path,
                standing(),
                stable,
                stat,
                HashState.WAITING,
                null,
                null,
                null,
                scanId,
                present ? null : scanId);
    }

    /** The row of a known file as it is now; what is known of its bytes is kept. */
    FileLocation over(FileLocation known) {
        String absentSince = known.standing() == Standing.ABSENT ? known.absentSinceScan() : scanId;
        return new FileLocation(
                known.id(),
                key,
                sequence,
                path,
                standing(),
                stable,
                stat,
                known.hashState(),
                known.content(),
                known.former(),
                known.trouble(),
                scanId,
                present ? null : absentSince);
    }
}
