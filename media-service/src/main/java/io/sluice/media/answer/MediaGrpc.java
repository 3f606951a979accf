package io.sluice.media.answer;

import java.time.Duration;
import java.util.List;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.CountStreamsRequest;
import io.sluice.contract.media.v1.CountStreamsResponse;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc;
import io.sluice.contract.media.v1.PlayNowRequest;
import io.sluice.contract.media.v1.PlayNowResponse;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RedoRenditionResponse;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.CountStreams;
import io.sluice.media.rendition.ShowRenditions;
import io.sluice.media.rendition.StreamCounts;
import io.sluice.messaging.command.CommandsOnce;
import io.sluice.messaging.grpc.GrpcAnswers;

/** Answers what others ask of media. */
@GrpcService
class MediaGrpc extends MediaServiceGrpc.MediaServiceImplBase {

    private static final int MOST = 500;

    private final ShowRenditions renditions;
    private final PlayNow play;
    private final RedoRendition redo;
    private final CountStreams count;
    private final CommandsOnce once;

    MediaGrpc(ShowRenditions renditions, PlayNow play, RedoRendition redo, CountStreams count, CommandsOnce once) {
        this.renditions = renditions;
        this.play = play;
        this.redo = redo;
        this.count = count;
        this.once = once;
    }

    @Override
    public void getRenditions(GetRenditionsRequest request, StreamObserver<GetRenditionsResponse> answer) {
        GrpcAnswers.answer(answer, () -> answerTo(request));
    }

    @Override
    public void playNow(PlayNowRequest request, StreamObserver<PlayNowResponse> answer) {
        GrpcAnswers.answer(answer, () -> PlayNowResponse.newBuilder()
                .setStream(play.play(hash(request.getContentHash()), Duration.ofMillis(request.getWaitMs())))
                .build());
    }

    @Override
    public void redoRendition(RedoRenditionRequest request, StreamObserver<RedoRenditionResponse> answer) {
        Long expected = request.hasExpectedVersion() ? request.getExpectedVersion() : null;
        GrpcAnswers.answer(
                answer,
                () -> once.answer(request, RedoRenditionResponse.parser(), tx -> RedoRenditionResponse.newBuilder()
                        .addAllRenditions(redo.redo(
                                tx,
                                hash(request.getContentHash()),
                                request.getName(),
                                expected,
                                request.getRequestedBy()))
                        .build()));
    }

    @Override
    public void countStreams(CountStreamsRequest request, StreamObserver<CountStreamsResponse> answer) {
        GrpcAnswers.answer(answer, () -> {
            CountStreams.Counted counted = count.count();
            return CountStreamsResponse.newBuilder()
                    .addAllLibraries(counted.libraries().stream()
                            .map(StreamCounts::message)
                            .toList())
                    .setAll(counted.all().message())
                    .build();
        });
    }

    private GetRenditionsResponse answerTo(GetRenditionsRequest request) {
        if (request.getContentHashesCount() > MOST) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Ask for at most %d content hashes at once, not %d"
                            .formatted(MOST, request.getContentHashesCount()));
        }
        return GetRenditionsResponse.newBuilder()
                .addAllAssets(renditions.of(hashes(request.getContentHashesList())))
                .build();
    }

    private static List<ContentHash> hashes(List<ByteString> told) {
        return told.stream().map(MediaGrpc::hash).toList();
    }

    private static ContentHash hash(ByteString told) {
        try {
            return ContentHash.of(told);
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()), e);
        }
    }
}
