package io.sluice.scanner;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.MetadataUtils;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceBlockingStub;
import io.sluice.messaging.command.CommandKey;

/** Calls the application under test as another service would, over the wire. */
public final class ScannerClient implements AutoCloseable {

    private final ManagedChannel channel;

    public ScannerClient() {
        URI address = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        this.channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
    }

    public ScannerServiceBlockingStub stub() {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER),
                ConfigProvider.getConfig().getValue("sluice.internal.token", String.class));
        return withoutToken().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers), new Deadline());
    }

    /** Commands that come with this idempotency key. */
    public ScannerServiceBlockingStub stub(String key) {
        Metadata headers = new Metadata();
        headers.put(CommandKey.METADATA, key);
        return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public ScannerServiceBlockingStub withoutToken() {
        return ScannerServiceGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A call that gets no answer fails, instead of hanging. */
    private static final class Deadline implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withDeadlineAfter(20, TimeUnit.SECONDS));
        }
    }
}
