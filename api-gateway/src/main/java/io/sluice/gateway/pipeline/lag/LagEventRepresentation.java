package io.sluice.gateway.pipeline.lag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.sluice.gateway.pipeline.lag.LagPicture.Line;

/** The states of all groups, classes and readers; the numbers are those of {@code GET /pipeline/lag}. */
@Schema(description = "Data of an event named lag: the states of all groups, classes and readers")
public record LagEventRepresentation(Instant measuredAt, List<GroupState> groups) {

    private static final int DIGEST_BYTES = 4;

    /**
     * One of them, in the words of {@code GET /pipeline/lag}.
     *
     * @param kind facts, work or reader
     * @param since since when it is in this state, as far as this gateway knows
     */
    public record GroupState(
            @Schema(examples = "media.work.image") String group,
            String service,

            @Schema(enumeration = {"facts", "work", "reader"})
            String kind,

            @Schema(examples = "sluice.media.work.image.v1") String topic,

            @Schema(enumeration = {"ok", "catching_up", "paused", "stuck", "no_consumer", "dependency_down", "unknown"})
            String state,

            String reason,
            String cure,
            Instant since) {}

    static LagEventRepresentation of(LagPicture picture) {
        return new LagEventRepresentation(
                picture.measuredAt(),
                picture.lines().stream()
                        .map(LagEventRepresentation::state)
                        .sorted(Comparator.comparing(GroupState::group).thenComparing(GroupState::topic))
                        .toList());
    }

    private static GroupState state(Line line) {
        return new GroupState(
                line.target().group(),
                line.target().service(),
                line.target().kind().name().toLowerCase(Locale.ROOT),
                line.target().topic(),
                line.state().word(),
                line.state().reason(),
                line.state().cure(),
                line.since());
    }

    /** Eight hex digits that are the same for the same states, whatever the numbers in their reasons. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            groups.forEach(group ->
                    sha.update((group.group() + " " + group.topic() + " " + group.state() + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
