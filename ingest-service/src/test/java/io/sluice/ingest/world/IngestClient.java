package io.sluice.ingest.world;

import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.sluice.contract.ingest.v1.ImportServiceGrpc;
import io.sluice.contract.ingest.v1.ImportServiceGrpc.ImportServiceBlockingStub;
import io.sluice.contract.ingest.v1.IngestServiceGrpc;
import io.sluice.contract.ingest.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import io.sluice.messaging.command.CommandKey;

/** Asks the service under test as the gateway does: over gRPC on the HTTP port, with the shared token. */
public final class IngestClient implements AutoCloseable {

    private final ManagedChannel channel;
    private final ClientInterceptor token;

    public IngestClient() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER),
                ConfigProvider.getConfig().getValue("sluice.internal.token", String.class));
        this.token = MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    public IngestServiceBlockingStub ingest() {
        return IngestServiceGrpc.newBlockingStub(channel)
                .withInterceptors(token)
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    public ImportServiceBlockingStub imports() {
        return ImportServiceGrpc.newBlockingStub(channel)
                .withInterceptors(token)
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    /** Commands that come with this idempotency key. */
    public ImportServiceBlockingStub imports(String key) {
        Metadata headers = new Metadata();
        headers.put(CommandKey.METADATA, key);
        return imports().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public OperationsServiceBlockingStub operations() {
        return OperationsServiceGrpc.newBlockingStub(channel)
                .withInterceptors(token)
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
