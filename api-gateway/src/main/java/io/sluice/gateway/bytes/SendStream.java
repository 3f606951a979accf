package io.sluice.gateway.bytes;

import static io.sluice.gateway.bytes.StreamFolder.PLAYLIST;

import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.RenditionLifecycle;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.contract.scanner.v1.FileStat;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.gateway.asset.ContentHash;
import io.sluice.gateway.problem.ProblemAnswers;
import io.sluice.gateway.upstream.UpstreamConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * Answers with a stream's playlist or one of its files. A stream moves once, from the folder it grows in to the one it
 * stays in; whoever asks in between is answered from the new place.
 */
@ApplicationScoped
public class SendStream {

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int SOON = 1;
    private static final Duration A_MOVE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(40);

    private final FindStream streams;
    private final StreamSource source;
    private final ByteAnswer answer;
    private final ProblemAnswers problems;
    private final UpstreamConfig config;
    private final GatewayMetrics metrics;

    SendStream(
            FindStream streams,
            StreamSource source,
            ByteAnswer answer,
            ProblemAnswers problems,
            UpstreamConfig config,
            GatewayMetrics metrics) {
        this.streams = streams;
        this.source = source;
        this.answer = answer;
        this.problems = problems;
        this.config = config;
        this.metrics = metrics;
    }

    /** @param name playlist.m3u8, or what a playlist of this stream names */
    public Response to(HttpServerRequest request, ContentHash contentHash, String name) {
        StoredRendition stream = find(contentHash, name);
        if (!FindStream.plays(stream)) {
            return whyNot(stream.getState());
        }
        try {
            return send(request, contentHash, name, stream);
        } catch (NoSuchFileException moved) {
            return afterAMove(request, contentHash, name);
        }
    }

    /** The move and the row that tells of it are moments apart: one that runs is asked for again until both are done. */
    private Response afterAMove(HttpServerRequest request, ContentHash contentHash, String name) {
        long until = System.nanoTime() + A_MOVE.toNanos();
        while (true) {
            StoredRendition stream = find(contentHash, name);
            if (!FindStream.plays(stream)) {
                return whyNot(stream.getState());
            }
            try {
                return send(request, contentHash, name, stream);
            } catch (NoSuchFileException missing) {
                boolean whole = stream.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY;
                if (whole || System.nanoTime() > until) {
                    throw name.equals(PLAYLIST) ? StreamSource.unavailable(missing) : StreamFolder.noSuchFile();
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /** Who asks for the playlist wants to play: a stream that nobody has begun begins now. */
    private StoredRendition find(ContentHash contentHash, String name) {
        Optional<StoredRendition> told = streams.known(contentHash);
        if (told.isEmpty() && !name.equals(PLAYLIST)) {
            // Nobody has a playlist that could name it: a picture has no stream at all.
            throw StreamFolder.noSuchFile();
        }
        StoredRendition known = told.orElse(StoredRendition.getDefaultInstance());
        return switch (known.getState().getLifecycle()) {
            case RENDITION_LIFECYCLE_READY, RENDITION_LIFECYCLE_FAILED, RENDITION_LIFECYCLE_UNSUPPORTED -> known;
            default ->
                FindStream.plays(known) || !name.equals(PLAYLIST)
                        ? known
                        : streams.begin(contentHash, config.playWait());
        };
    }

    private Response send(HttpServerRequest request, ContentHash contentHash, String name, StoredRendition stream)
            throws NoSuchFileException {
        if (StreamFolder.isPlaylist(name)) {
            return playlist(request, source.playlist(stream, name));
        }
        StreamSource.Opened opened = source.open(stream, name);
        boolean whole = stream.getState().getLifecycle() == RenditionLifecycle.RENDITION_LIFECYCLE_READY;
        Entity entity = new Entity(
                "stream",
                etag(contentHash, opened.stat()),
                StreamFolder.mediaType(name),
                whole ? Entity.AN_HOUR : Entity.REVALIDATE,
                null,
                true);
        return answer.to(request, entity, opened.file());
    }

    /** Small, and another one every few seconds while it grows: sent as a whole, told apart by its bytes. */
    private Response playlist(HttpServerRequest request, byte[] bytes) {
        String etag = '"' + HexFormat.of().formatHex(sha256(bytes)) + '"';
        if (Preconditions.isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            return Response.notModified()
                    .header("ETag", etag)
                    .header("Cache-Control", Entity.REVALIDATE)
                    .build();
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!head) {
            metrics.sent("stream", bytes.length);
        }
        return Response.ok(head ? null : bytes)
                .type(StreamFolder.PLAYLIST_TYPE)
                .header("Content-Length", bytes.length)
                .header("ETag", etag)
                .header("Cache-Control", Entity.REVALIDATE)
                .build();
    }

    private Response whyNot(RenditionState state) {
        return switch (state.getLifecycle()) {
            case RENDITION_LIFECYCLE_FAILED ->
                throw new CodedException(
                        ErrorCode.RENDITION_FAILED, "Making the stream failed: " + RenditionSource.reason(state));
            case RENDITION_LIFECYCLE_UNSUPPORTED ->
                throw new CodedException(
                        ErrorCode.RENDITION_UNSUPPORTED,
                        "This video cannot be made into a stream: " + RenditionSource.reason(state));
            case RENDITION_LIFECYCLE_READY ->
                throw new CodedException(
                        ErrorCode.STORE_UNAVAILABLE, "The stream is ready, but media does not say where it lies.");
            case RENDITION_LIFECYCLE_PENDING,
                    RENDITION_LIFECYCLE_RUNNING,
                    RENDITION_LIFECYCLE_UNSPECIFIED,
                    UNRECOGNIZED ->
                problems.later(
                        ErrorCode.RENDITION_PENDING,
                        SERVICE_UNAVAILABLE,
                        "The stream is not begun yet; ask for its playlist until it is there.",
                        SOON);
        };
    }

    /** Of the very file: a stream that is made again has other files. */
    private static String etag(ContentHash contentHash, FileStat stat) {
        return '"'
                + contentHash.hex()
                + '.'
                + Long.toHexString(stat.getInode())
                + '.'
                + Long.toHexString(stat.getMtimeNs())
                + '.'
                + Long.toHexString(stat.getSize())
                + '"';
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
