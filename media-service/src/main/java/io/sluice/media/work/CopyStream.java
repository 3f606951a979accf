package io.sluice.media.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.AssetLocation;
import io.sluice.media.asset.ProvidedFile;
import io.sluice.media.profile.StreamProfile;
import io.sluice.media.store.RenditionStore;
import io.sluice.media.store.RenditionWrite;
import io.sluice.media.store.StoreFailure;
import io.sluice.media.store.TreeWrite;
import io.sluice.media.video.PlaylistChecked;
import io.sluice.media.video.Probed;
import io.sluice.media.video.VideoSettings;
import io.sluice.media.video.VideoTools;
import io.sluice.messaging.work.ClaimedWork;

/**
 * Copies a stream that was delivered ready-made file by file, each looked at before and after, and judges the copy: the
 * whole playlist, and its first segment as a video.
 */
@ApplicationScoped
class CopyStream {

    private static final Path PLAYLIST = Path.of(StreamProfile.PLAYLIST);

    /** @param duration of the original in ms, if it tells */
    private record Delivery(Original playlist, PlaylistChecked.Whole whole, OptionalLong duration) {}

    private final VideoSettings settings;
    private final VideoTools tools;
    private final RenditionStore store;
    private final OpenOriginal originals;

    CopyStream(VideoSettings settings, VideoTools tools, RenditionStore store, OpenOriginal originals) {
        this.settings = settings;
        this.tools = tools;
        this.store = store;
        this.originals = originals;
    }

    /** @throws CodedException when it could not be tried, broke down, or a file is not what it was */
    VideoResult copy(VideoTarget.Delivered target, ProvidedFile provided, Wanted wanted, ClaimedWork claimed) {
        Original playlist = originals.open(provided.location(), wanted.libraries());
        OptionalLong duration = duration(wanted);
        PlaylistChecked there = tools.check(playlist.file(), duration);
        playlist.requireUnchanged();
        return switch (there) {
            case PlaylistChecked.Refused(var code, var reason) -> MakeStream.refusal(code, reason);
            case PlaylistChecked.Whole whole
            when isTaken(whole, playlist) ->
                new VideoResult.Unsupported(
                        ErrorCode.PLAYLIST_INVALID,
                        "Its first playlist is called otherwise, but names another " + PLAYLIST
                                + ", which is what players ask for first; the stream is made from the original");
            case PlaylistChecked.Whole whole
            when whole.bytes() >> 20 > settings.maxOutputMegabytes() ->
                new VideoResult.Unsupported(
                        ErrorCode.VIDEO_TOO_LARGE,
                        "The stream has %d MB; sluice.video.max-output-megabytes allows %d"
                                .formatted(whole.bytes() >> 20, settings.maxOutputMegabytes()));
            case PlaylistChecked.Whole whole -> copy(target, new Delivery(playlist, whole, duration), wanted, claimed);
        };
    }

    /** Players ask for the first playlist by one name, whatever it was delivered as. */
    private static boolean isTaken(PlaylistChecked.Whole whole, Original playlist) {
        return !playlist.file().endsWith(PLAYLIST) && whole.files().contains(PLAYLIST);
    }

    private VideoResult copy(VideoTarget.Delivered target, Delivery delivery, Wanted wanted, ClaimedWork claimed) {
        Original playlist = delivery.playlist();
        PlaylistChecked.Whole whole = delivery.whole();
        try (TreeWrite tree = store.openTree(target.hash(), target.folderName(), claimed.leaseToken())) {
            playlist.copyTo(tree.folder().resolve(PLAYLIST));
            for (Path name : whole.files().subList(1, whole.files().size())) {
                MakePictures.requireLease(claimed.lost());
                store.requireRoom();
                AssetLocation location = playlist.location().beside(name);
                originals
                        .lookAt(location, wanted.libraries())
                        .copyTo(placed(tree.folder().resolve(name)));
            }
            // The copy is what is judged: nobody else writes to it.
            return switch (tools.check(tree.folder().resolve(PLAYLIST), delivery.duration())) {
                case PlaylistChecked.Refused(var code, var reason) -> MakeStream.refusal(code, reason);
                case PlaylistChecked.Whole copied -> judge(target, tree, copied, claimed.lost());
            };
        }
    }

    private VideoResult judge(
            VideoTarget.Delivered target, TreeWrite tree, PlaylistChecked.Whole copied, BooleanSupplier lost) {
        Probed first;
        try (RenditionWrite sample = store.open(target.hash(), "first-segment")) {
            FirstSegment.of(tree.folder(), copied.files()).write(sample.temporaryFile());
            first = tools.probe(sample.temporaryFile());
        }
        return switch (first) {
            case Probed.Refused(var code, var reason) ->
                new VideoResult.Unsupported(
                        ErrorCode.PLAYLIST_INVALID, "Its first segment is no video (" + code.code() + "): " + reason);
            case Probed.Video video -> {
                MakePictures.requireLease(lost);
                boolean said = copied.width() > 0 && copied.height() > 0;
                yield new VideoResult.Streamed(
                        said ? copied.width() : video.width(), said ? copied.height() : video.height(), tree.commit());
            }
        };
    }

    /** Of the original, when it is there and tells; a stream may be all that was delivered in a readable form. */
    private OptionalLong duration(Wanted wanted) {
        if (wanted.asset().present().isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            Original original = originals.open(wanted.asset(), wanted.libraries());
            return tools.probe(original.file()) instanceof Probed.Video video
                            && video.facts().getDurationMs() > 0
                    ? OptionalLong.of(video.facts().getDurationMs())
                    : OptionalLong.empty();
        } catch (CodedException unreachable) {
            return OptionalLong.empty();
        }
    }

    private static Path placed(Path file) {
        try {
            Files.createDirectories(file.resolveSibling(".").normalize());
            return file;
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }
}
