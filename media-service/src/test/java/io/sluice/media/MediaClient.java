package io.sluice.media;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.sluice.contract.media.v1.AssetRenditions;
import io.sluice.contract.media.v1.GetRenditionsRequest;
import io.sluice.contract.media.v1.GetRenditionsResponse;
import io.sluice.contract.media.v1.MediaServiceGrpc;
import io.sluice.media.asset.ContentHash;

/** Asks the running service, as the gateway does. */
final class MediaClient {

    private MediaClient() {}

    static GetRenditionsResponse ask(GetRenditionsRequest request) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        Metadata token = new Metadata();
        token.put(Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER), "it-token");
        ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
        try {
            return MediaServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token))
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .getRenditions(request);
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
