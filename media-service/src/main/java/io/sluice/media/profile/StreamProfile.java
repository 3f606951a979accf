package io.sluice.media.profile;

/** A playlist and the segments that it names, in a folder of their own. */
public record StreamProfile(String name, int version) implements Profile {

    /** What every stream is called, made or delivered. */
    public static final String NAME = "hls";

    /** What a player opens first, in the folder of every stream. */
    public static final String PLAYLIST = "playlist.m3u8";

    public static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";

    public StreamProfile {
        ProfileName.check(name, version);
    }

    /** Below the asset's folder in the store. */
    public String folderName() {
        return label();
    }

    @Override
    public String fileName() {
        return folderName() + "/" + PLAYLIST;
    }
}
