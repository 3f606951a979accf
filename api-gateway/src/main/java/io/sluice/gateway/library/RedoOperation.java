package io.sluice.gateway.library;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.protobuf.ByteString;

import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;

/**
 * The making once more of a rendition. Its id says all that is needed to look at it: media keeps renditions, not wishes.
 *
 * @param contentHash 64 hex digits
 * @param name of the rendition
 * @param version of the rendition when it became pending for this
 */
public record RedoOperation(String contentHash, String name, long version) {

    private static final Pattern ID = Pattern.compile("redo-([0-9a-f]{64})-([a-z_]{1,40})-([0-9]{1,18})");

    /** @param pending what was answered to the command; not empty */
    public static RedoOperation of(List<RenditionState> pending) {
        RenditionState first = pending.getFirst();
        return new RedoOperation(
                HexFormat.of().formatHex(first.getContentHash().toByteArray()),
                first.getName(),
                pending.stream().mapToLong(RenditionState::getVersion).max().orElseThrow());
    }

    static Optional<RedoOperation> ofId(String id) {
        Matcher redo = ID.matcher(id);
        return redo.matches()
                ? Optional.of(new RedoOperation(redo.group(1), redo.group(2), Long.parseLong(redo.group(3))))
                : Optional.empty();
    }

    public String id() {
        return "redo-" + contentHash + "-" + name + "-" + version;
    }

    ByteString hash() {
        return ByteString.copyFrom(HexFormat.of().parseHex(contentHash));
    }

    /** As it stands by the asset's renditions; nothing when none of that name has come so far. */
    Optional<OperationRepresentation> seenIn(List<StoredRendition> renditions) {
        return renditions.stream()
                .filter(one -> one.getState().getName().equals(name))
                .filter(one -> one.getState().getVersion() >= version)
                // Of several profile versions, the one that still has to be made.
                .min((one, other) -> Integer.compare(rank(one), rank(other)))
                .map(this::seen);
    }

    private static int rank(StoredRendition one) {
        return switch (one.getState().getLifecycle()) {
            case RENDITION_LIFECYCLE_RUNNING -> 0;
            case RENDITION_LIFECYCLE_PENDING -> 1;
            default -> 2;
        };
    }

    private OperationRepresentation seen(StoredRendition one) {
        RenditionState state = one.getState();
        boolean running = state.getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_RUNNING;
        return OperationRepresentation.of(
                id(),
                "redo",
                switch (state.getLifecycle()) {
                    case RENDITION_LIFECYCLE_RUNNING -> "running";
                    case RENDITION_LIFECYCLE_READY -> "completed";
                    case RENDITION_LIFECYCLE_FAILED, RENDITION_LIFECYCLE_UNSUPPORTED -> "failed";
                    case RENDITION_LIFECYCLE_PENDING, RENDITION_LIFECYCLE_UNSPECIFIED, UNRECOGNIZED -> "waiting";
                },
                running ? new OperationRepresentation.Progress(one.getPermille(), 1000) : null,
                state.getReason(),
                "/api/v1/assets/" + contentHash + "/renditions");
    }
}
