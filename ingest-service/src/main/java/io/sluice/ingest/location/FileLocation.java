package io.sluice.ingest.location;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.ContentHash;

/**
 * Where bytes lie: the last observation of a file, and the asset that its bytes are.
 *
 * @param id of its row; 0 before there is one
 * @param sequence of the observation that it stands for
 * @param stable whether it was old enough not to be written to any more; hashing waits for that
 * @param content the asset, while its bytes are known to be those that were observed
 * @param former the asset that it was before its bytes were seen to change, until the new ones are hashed
 * @param trouble why it has no content hash yet, when something is in the way
 * @param scanId the scan that saw it so
 * @param absentSinceScan the first scan that did not find it
 */
public record FileLocation(
        long id,
        LocationKey key,
        long sequence,
        RelativePath path,
        Standing standing,
        boolean stable,
        FileStat stat,
        HashState hashState,
        @Nullable ContentHash content,
        @Nullable ContentHash former,
        @Nullable Trouble trouble,
        String scanId,
        @Nullable String absentSinceScan) {

    /** What is in the way, for a person. */
    public record Trouble(ErrorCode code, String reason) {}

    public boolean present() {
        return standing == Standing.PRESENT;
    }

    /** The path that it holds; null unless it is present. */
    public @Nullable PathKey heldPath() {
        return present() ? path.keyIn(key.libraryId()) : null;
    }

    /** The asset that it was last known to be. */
    public @Nullable ContentHash lastContent() {
        return content != null ? content : former;
    }

    /** A file that the scanner does not tell of, as it was read; its bytes are not known yet. */
    public static FileLocation unscanned(LocationKey key, RelativePath path, FileStat stat, String readBy) {
        return new FileLocation(
                0, key, 1, path, Standing.PRESENT, true, stat, HashState.WAITING, null, null, null, readBy, null);
    }

    /** There as it was read just now, as by a newer observation. */
    public FileLocation readAs(FileStat now, String readBy) {
        return new FileLocation(
                id,
                key,
                sequence + 1,
                path,
                Standing.PRESENT,
                true,
                now,
                hashState,
                content,
                former,
                trouble,
                readBy,
                null);
    }

    /** Its bytes may be others now: it stands for no asset until they are hashed. */
    public FileLocation withUncertainBytes() {
        return new FileLocation(
                id,
                key,
                sequence,
                path,
                standing,
                stable,
                stat,
                HashState.WAITING,
                null,
                lastContent(),
                null,
                scanId,
                absentSinceScan);
    }

    public FileLocation displaced() {
        return new FileLocation(
                id,
                key,
                sequence,
                path,
                Standing.DISPLACED,
                stable,
                stat,
                hashState,
                content,
                former,
                trouble,
                scanId,
                absentSinceScan);
    }

    /** Its bytes were read, unchanged from the observation to the last byte. */
    public FileLocation holding(ContentHash hash) {
        return new FileLocation(
                id,
                key,
                sequence,
                path,
                standing,
                stable,
                stat,
                HashState.HASHED,
                hash,
                null,
                null,
                scanId,
                absentSinceScan);
    }

    /** Hashing it was given up. */
    public FileLocation failed(Trouble why) {
        return new FileLocation(
                id,
                key,
                sequence,
                path,
                standing,
                stable,
                stat,
                HashState.FAILED,
                null,
                lastContent(),
                why,
                scanId,
                absentSinceScan);
    }

    /** Hashing it waits for something. */
    public FileLocation waitingFor(Trouble why) {
        return new FileLocation(
                id,
                key,
                sequence,
                path,
                standing,
                stable,
                stat,
                hashState,
                content,
                former,
                why,
                scanId,
                absentSinceScan);
    }
}
