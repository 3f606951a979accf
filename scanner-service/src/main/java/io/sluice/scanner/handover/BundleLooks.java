package io.sluice.scanner.handover;

import java.util.HexFormat;

import com.google.protobuf.ByteString;

import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.library.LibraryStates;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;

/** A look in the words of the contract. */
final class BundleLooks {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private BundleLooks() {}

    static OutgoingRecord record(LibraryId library, ObservedBundle bundle, boolean asked) {
        BundleLook.Builder look = BundleLook.newBuilder()
                .setLibraryId(library.toString())
                .setName(ByteString.copyFrom(bundle.name().bytes()))
                .setSequence(bundle.sequence())
                .setScanId(bundle.scanId())
                .setObservedAt(LibraryStates.timestamp(bundle.observedAt()))
                .setAsked(asked);
        FileStat manifest = bundle.files().manifest();
        if (manifest != null) {
            look.setManifest(stat(manifest));
        }
        FileStat sentinel = bundle.files().sentinel();
        if (sentinel != null) {
            look.setSentinel(stat(sentinel));
        }
        return new OutgoingRecord(
                Topics.SCANNER_SENTINEL, library + "/" + encoded(bundle.name()), look.build(), bundle.sequence());
    }

    /** A name of any bytes as a part of a key (RFC 3986, section 2.1). */
    static String encoded(RawPath name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.bytes()) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '.'
                    || b == '_'
                    || b == '-';
            if (plain) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static io.sluice.contract.scanner.v1.FileStat stat(FileStat stat) {
        return io.sluice.contract.scanner.v1.FileStat.newBuilder()
                .setSize(stat.size())
                .setMtimeNs(stat.mtimeNs())
                .setCtimeNs(stat.ctimeNs())
                .setBirthTimeNs(stat.birthTimeNs())
                .setInode(stat.inode())
                .build();
    }
}
