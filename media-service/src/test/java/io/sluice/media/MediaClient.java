package io.sluice.media;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.eclipse.microprofile.config.ConfigProvider;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.CountStreamsRequest;
import io.sluice.contract.media.v1.CountStreamsResponse;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc;
import io.sluice.contract.media.v1.PlayNowRequest;
import io.sluice.contract.media.v1.RedoRenditionRequest;
import io.sluice.contract.media.v1.RedoRenditionResponse;
import io.sluice.contract.media.v1.StoredRendition;
import io.sluice.media.asset.ContentHash;
import io.sluice.messaging.command.CommandKey;

/** Asks the running service, as the gateway does. */
final class MediaClient {

    private MediaClient() {}

    static GetRenditionsResponse ask(GetRenditionsRequest request) {
        return call(media -> media.getRenditions(request));
    }

    static RedoRenditionResponse redo(RedoRenditionRequest request) {
        return call(media -> media.redoRendition(request));
    }

    /** As {@link #redo(RedoRenditionRequest)}, with this idempotency key. */
    static RedoRenditionResponse redo(RedoRenditionRequest request, String key) {
        Metadata headers = new Metadata();
        headers.put(CommandKey.METADATA, key);
        return call(media -> media.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .redoRendition(request));
    }

    static StoredRendition play(ContentHash hash, Duration wait) {
        return call(media -> media.playNow(PlayNowRequest.newBuilder()
                        .setContentHash(hash.byteString())
                        .setWaitMs((int) wait.toMillis())
                        .build()))
                .getStream();
    }

    static CountStreamsResponse count() {
        return call(media -> media.countStreams(CountStreamsRequest.getDefaultInstance()));
    }

    private static <A> A call(Function<MediaServiceGrpc.MediaServiceBlockingStub, A> question) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        Metadata token = new Metadata();
        token.put(Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER), "it-token");
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
        try {
            return question.apply(MediaServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token))
                    .withDeadlineAfter(40, TimeUnit.SECONDS));
        } finally {
            channel.shutdownNow();
        }
    }

    /** Empty while media does not know the asset. */
    static Optional<AssetRenditions> renditions(ContentHash hash) {
        return ask(GetRenditionsRequest.newBuilder()
                        .addContentHashes(hash.byteString())
                        .build())
                .getAssetsList()
                .stream()
                .findFirst();
    }
}
