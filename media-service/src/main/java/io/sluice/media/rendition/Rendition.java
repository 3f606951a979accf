package io.sluice.media.rendition;

import java.util.Comparator;
import java.util.Optional;

import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.Profile;
import io.sluice.media.profile.Profiles;
import io.sluice.media.profile.ProvidedName;
import io.sluice.media.profile.StreamProfile;

/**
 * One rendition of an asset, wanted or there.
 *
 * @param version of the last record that told of it, 0 before the first
 * @param mediaType empty until it is ready, as width, height and bytes are 0
 * @param errorCode why it is failed or unsupported, or what a pending one waits for; empty otherwise
 * @param reason the same as a sentence
 * @param source what a provided one is copied from; empty for one that is made
 */
public record Rendition(
        ContentHash hash,
        String name,
        int profileVersion,
        Lifecycle lifecycle,
        long version,
        String mediaType,
        int width,
        int height,
        long bytes,
        String errorCode,
        String reason,
        int attempts,
        String source) {

    /** The order of rows, and of writing them. */
    static final Comparator<Rendition> ORDER = Comparator.comparing(Rendition::hash)
            .thenComparing(Rendition::name)
            .thenComparing(Rendition::profileVersion);

    private static final int LONGEST_REASON = 1000;

    public static Rendition pending(ContentHash hash, Profile profile) {
        return new Rendition(hash, profile.name(), profile.version(), Lifecycle.PENDING, 0, "", 0, 0, 0, "", "", 0, "");
    }

    /** One that was delivered ready-made, to be copied. */
    public static Rendition pending(ContentHash hash, ProvidedFile file) {
        return new Rendition(
                hash, file.name(), ProvidedName.VERSION, Lifecycle.PENDING, 0, "", 0, 0, 0, "", "", 0, file.source());
    }

    /** Whether it was delivered ready-made. */
    public boolean isProvided() {
        return !source.isEmpty();
    }

    public boolean isPending() {
        return lifecycle == Lifecycle.PENDING;
    }

    /** Whether it is a playlist with its segments, made or delivered. */
    public boolean isStream() {
        return name.equals(StreamProfile.NAME);
    }

    /** Ready, or may still become so. */
    public boolean mayDo() {
        return lifecycle == Lifecycle.READY || lifecycle == Lifecycle.PENDING;
    }

    public boolean isOf(Profile profile) {
        return name.equals(profile.name()) && profileVersion == profile.version();
    }

    public String label() {
        return name + "@" + profileVersion;
    }

    public Rendition ready(String type, int newWidth, int newHeight, long size, int tried) {
        return new Rendition(
                hash,
                name,
                profileVersion,
                Lifecycle.READY,
                version,
                type,
                newWidth,
                newHeight,
                size,
                "",
                "",
                tried,
                source);
    }

    /** Final for this profile version: this input can never give it. */
    public Rendition unsupported(ErrorCode code, String why, int tried) {
        return without(Lifecycle.UNSUPPORTED, code, why, tried);
    }

    /** Given up. */
    public Rendition failed(ErrorCode code, String why, int tried) {
        return without(Lifecycle.FAILED, code, why, tried);
    }

    /** Still pending; this is why. */
    public Rendition waitingFor(ErrorCode code, String why, int tried) {
        return without(Lifecycle.PENDING, code, why, tried);
    }

    /** Wanted again from the start. */
    public Rendition again() {
        return again(source);
    }

    /** Wanted again, from another file. */
    public Rendition again(String newSource) {
        return new Rendition(hash, name, profileVersion, Lifecycle.PENDING, version, "", 0, 0, 0, "", "", 0, newSource);
    }

    /** What its file in the store is called, if this release still knows its recipe. */
    public Optional<String> fileName() {
        return isProvided()
                ? Optional.of(ProvidedName.fileName(name))
                : Profiles.find(name, profileVersion).map(Profile::fileName);
    }

    /** The folder of a stream, below the asset's in the store. */
    public String folderName() {
        return label();
    }

    Rendition told(long newVersion) {
        return new Rendition(
                hash,
                name,
                profileVersion,
                lifecycle,
                newVersion,
                mediaType,
                width,
                height,
                bytes,
                errorCode,
                reason,
                attempts,
                source);
    }

    /** As other services see it. */
    public RenditionState state() {
        return RenditionState.newBuilder()
                .setContentHash(hash.byteString())
                .setVersion(version)
                .setName(name)
                .setProfileVersion(profileVersion)
                .setLifecycle(lifecycle.told())
                .setMediaType(mediaType)
                .setWidth(width)
                .setHeight(height)
                .setBytes(bytes)
                .setErrorCode(errorCode)
                .setReason(reason)
                .setAttempts(attempts)
                .build();
    }

    private Rendition without(Lifecycle to, ErrorCode code, String why, int tried) {
        String said = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
        return new Rendition(hash, name, profileVersion, to, version, "", 0, 0, 0, code.code(), said, tried, source);
    }
}
