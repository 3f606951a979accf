package io.sluice.media.asset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import com.google.protobuf.ByteString;

import io.sluice.contract.ingest.v1.ProvidedRendition;
import io.sluice.contract.scanner.v1.FileStat;

/**
 * A rendition that was delivered ready-made, and where its file lies.
 *
 * @param name of the rendition, as a profile's
 */
public record ProvidedFile(String name, AssetLocation location) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final int SOURCE_BYTES = 8;

    /** The name is checked. */
    public ProvidedFile {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A provided rendition cannot be called \"" + name
                    + "\": a lower-case letter, then those, digits and underscores; 32 at most");
        }
    }

    static ProvidedFile of(ProvidedRendition told) {
        return new ProvidedFile(
                told.getName(),
                new AssetLocation(told.getLibraryId(), told.getPath().toByteArray(), told.getStat(), true));
    }

    ProvidedRendition message() {
        return ProvidedRendition.newBuilder()
                .setName(name)
                .setLibraryId(location.libraryId())
                .setPath(ByteString.copyFrom(location.path()))
                .setStat(location.stat())
                .build();
    }

    /** 16 hex digits that differ when the file is another or looks otherwise: what a copy was made from. */
    public String source() {
        FileStat stat = location.stat();
        ByteBuffer numbers = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(stat.getSize())
                .putLong(stat.getMtimeNs())
                .putLong(stat.getCtimeNs())
                .putLong(stat.getInode());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(location.libraryId().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(location.path());
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(numbers.array()), 0, SOURCE_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
