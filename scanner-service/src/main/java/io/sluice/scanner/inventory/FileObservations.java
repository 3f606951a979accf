package io.sluice.scanner.inventory;

import com.google.protobuf.ByteString;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryStates;
import io.sluice.scanner.walk.FileStat;

/** An observation in the words of the contract. */
final class FileObservations {

    private FileObservations() {}

    static OutgoingRecord record(LibraryId library, ObservedFile file) {
        FileStat stat = file.stat();
        FileObservation observation = FileObservation.newBuilder()
                .setLibraryId(library.toString())
                .setFileId(file.fileId())
                .setSequence(file.sequence())
                .setPath(ByteString.copyFrom(file.path().bytes()))
                .setPresent(file.present())
                .setStat(io.sluice.contract.scanner.v1.FileStat.newBuilder()
                        .setSize(stat.size())
                        .setMtimeNs(stat.mtimeNs())
                        .setCtimeNs(stat.ctimeNs())
                        .setBirthTimeNs(stat.birthTimeNs())
                        .setInode(stat.inode()))
                .setStable(file.stable())
                .setScanId(file.scanId())
                .setObservedAt(LibraryStates.timestamp(file.observedAt()))
                .build();
        return new OutgoingRecord(Topics.SCANNER_FILE, library + "/" + file.fileId(), observation, file.sequence());
    }
}
