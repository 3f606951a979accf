package io.sluice.scanner.library;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanDigest;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** Tells how a library is now, in the transaction that changed it; says nothing when it says nothing new. */
@Singleton
public class TellLibrary {

    private final LibraryRepository libraries;
    private final Outbox outbox;

    TellLibrary(LibraryRepository libraries, Outbox outbox) {
        this.libraries = libraries;
        this.outbox = outbox;
    }

    private record Told(long version, byte @Nullable [] told, byte @Nullable [] digest) {}

    /** Locks the library's row. */
    public void ifChanged(Handle tx, LibraryId id) {
        Told last = tx.createQuery("SELECT GREATEST(version + 1, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED))"
                        + " AS next_version, told, digest FROM library WHERE id = ? FOR UPDATE")
                .bind(0, id.toString())
                .map((row, context) ->
                        new Told(row.getLong("next_version"), row.getBytes("told"), row.getBytes("digest")))
                .one();
        Library library = libraries.find(tx, id).orElseThrow();
        byte[] saying = hash(LibraryStates.of(library, 0, digest(last.digest)));
        if (Arrays.equals(saying, last.told)) {
            return;
        }
        tx.execute("UPDATE library SET version = ?, told = ? WHERE id = ?", last.version, saying, id.toString());
        LibraryState state = LibraryStates.of(library, last.version, digest(last.digest));
        outbox.append(tx, new OutgoingRecord(Topics.SCANNER_LIBRARY, id.toString(), state, last.version));
    }

    /** The last state that was told, empty when none was. */
    public Optional<LibraryState> lastTold(Handle handle, Library library) {
        return handle.createQuery("SELECT version, digest FROM library WHERE id = ?")
                .bind(0, library.id().toString())
                .map((row, context) ->
                        LibraryStates.of(library, row.getLong("version"), digest(row.getBytes("digest"))))
                .findOne();
    }

    private static @Nullable ScanDigest digest(byte @Nullable [] message) {
        try {
            return message == null ? null : ScanDigest.parseFrom(message);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("A digest of ours cannot be read", broken);
        }
    }

    private static byte[] hash(LibraryState state) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(state.toByteArray());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
