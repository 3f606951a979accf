package io.sluice.media.rendition;

import java.util.List;

import com.google.protobuf.ByteString;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc;
import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.grpc.GrpcAnswers;

/** Answers what others ask of media. */
@GrpcService
class MediaGrpc extends MediaServiceGrpc.MediaServiceImplBase {

    private static final int MOST = 500;

    private final ShowRenditions renditions;

    MediaGrpc(ShowRenditions renditions) {
        this.renditions = renditions;
    }

    @Override
    public void getRenditions(GetRenditionsRequest request, StreamObserver<GetRenditionsResponse> answer) {
        GrpcAnswers.answer(answer, () -> answerTo(request));
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
        try {
            return told.stream().map(ContentHash::of).toList();
        } catch (IllegalArgumentException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()), e);
        }
    }
}
