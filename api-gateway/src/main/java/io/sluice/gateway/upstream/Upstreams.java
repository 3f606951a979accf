package io.sluice.gateway.upstream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import io.quarkus.grpc.GrpcClient;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ImportServiceGrpc;
import io.sluice.contract.ingest.v1.ImportServiceGrpc.ImportServiceBlockingStub;
import io.sluice.contract.ingest.v1.IngestServiceGrpc;
import io.sluice.contract.ingest.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import io.sluice.contract.media.v1.MediaServiceGrpc;
import io.sluice.contract.media.v1.MediaServiceGrpc.MediaServiceBlockingStub;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc;
import io.sluice.contract.scanner.v1.ScannerServiceGrpc.ScannerServiceBlockingStub;
import io.sluice.contract.search.v1.SearchServiceGrpc;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceBlockingStub;
import io.sluice.gateway.GatewayMetrics;
import io.sluice.messaging.grpc.GrpcErrors;

/** Asks the services behind the gateway. Every question runs on the caller's (virtual) thread and ends by its deadline. */
@ApplicationScoped
public class Upstreams {

    private final Map<Upstream, Channel> channels = new EnumMap<>(Upstream.class);
    private final UpstreamConfig config;
    private final CarryRequest carrier;
    private final GatewayMetrics metrics;
    private final ExecutorService side = Executors.newVirtualThreadPerTaskExecutor();

    Upstreams(
            @GrpcClient("scanner") Channel scanner,
            @GrpcClient("ingest") Channel ingest,
            @GrpcClient("media") Channel media,
            @GrpcClient("search") Channel search,
            UpstreamConfig config,
            CarryRequest carrier,
            GatewayMetrics metrics) {
        this.config = config;
        this.carrier = carrier;
        this.metrics = metrics;
        channels.put(Upstream.SCANNER, scanner);
        channels.put(Upstream.INGEST, ingest);
        channels.put(Upstream.MEDIA, media);
        channels.put(Upstream.SEARCH, search);
    }

    /** @throws CodedException as the service coded it; {@code SERVICE_UNAVAILABLE} when it did not answer in time */
    public <T> T scanner(Function<ScannerServiceBlockingStub, T> question) {
        return once(Upstream.SCANNER, ScannerServiceGrpc.newBlockingStub(channel(Upstream.SCANNER)), question);
    }

    /** As {@link #scanner}. */
    public <T> T ingest(Function<IngestServiceBlockingStub, T> question) {
        return once(Upstream.INGEST, IngestServiceGrpc.newBlockingStub(channel(Upstream.INGEST)), question);
    }

    /** As {@link #scanner}; ingest's side of handover bundles. */
    public <T> T imports(Function<ImportServiceBlockingStub, T> question) {
        return once(Upstream.INGEST, ImportServiceGrpc.newBlockingStub(channel(Upstream.INGEST)), question);
    }

    /** As {@link #imports}, for what looks at every file of a bundle before it answers. */
    public <T> T importsAtLength(Function<ImportServiceBlockingStub, T> question) {
        return once(
                Upstream.INGEST,
                ImportServiceGrpc.newBlockingStub(channel(Upstream.INGEST)),
                config.preflightDeadline(),
                question);
    }

    /** As {@link #scanner}. */
    public <T> T media(Function<MediaServiceBlockingStub, T> question) {
        return once(Upstream.MEDIA, MediaServiceGrpc.newBlockingStub(channel(Upstream.MEDIA)), question);
    }

    /** As {@link #media}, for what answers only when the first segment of a stream is there: at most the wait for it longer. */
    public <T> T mediaAtLength(Function<MediaServiceBlockingStub, T> question) {
        return once(
                Upstream.MEDIA,
                MediaServiceGrpc.newBlockingStub(channel(Upstream.MEDIA)),
                config.deadline().plus(config.playWait()),
                question);
    }

    /** As {@link #scanner}. */
    public <T> T search(Function<SearchServiceBlockingStub, T> question) {
        return once(Upstream.SEARCH, SearchServiceGrpc.newBlockingStub(channel(Upstream.SEARCH)), question);
    }

    /** As {@link #scanner}, of the part that those with work have alike. */
    public <T> T operations(Upstream upstream, Function<OperationsServiceBlockingStub, T> question) {
        return once(upstream, OperationsServiceGrpc.newBlockingStub(channel(upstream)), question);
    }

    /** As {@link #operations}, for answers that come as a long stream; reading it must go through {@link #ask} too. */
    public <T> T operationsStream(Upstream upstream, Function<OperationsServiceBlockingStub, T> question) {
        reconnect(upstream);
        return ask(
                upstream,
                () -> question.apply(OperationsServiceGrpc.newBlockingStub(channel(upstream))
                        .withInterceptors(carrier)
                        .withDeadlineAfter(config.streamDeadline().toMillis(), MILLISECONDS)));
    }

    /** Runs a question and turns what gRPC throws into a coded failure. */
    public <T> T ask(Upstream upstream, Supplier<T> question) {
        try {
            return question.get();
        } catch (StatusRuntimeException failure) {
            throw failed(upstream, failure);
        }
    }

    /** Asks, and keeps a failure as a value. */
    public <T> Answer<T> tryAsk(Upstream upstream, Supplier<T> question) {
        try {
            return new Answer.Known<>(question.get());
        } catch (CodedException failure) {
            return new Answer.Unknown<>(upstream, failure);
        }
    }

    /** Runs the questions side by side; answers stand in the order of the questions. */
    public <T> List<T> together(List<Supplier<T>> questions) {
        var request = carrier.carry();
        List<Future<T>> running = questions.stream()
                .map(question -> side.submit((Callable<T>) () -> request.call(question)))
                .toList();
        return running.stream().map(Upstreams::join).toList();
    }

    /** A question that is one of several commands of one name; each has its part of the request's idempotency key. */
    public <T> T part(String part, Supplier<T> question) {
        return carrier.part(part, question);
    }

    @PreDestroy
    void stop() {
        side.shutdownNow();
    }

    /** One question, asked once more when the connection was not there or broke: a question may be asked twice, and a command with its key. */
    private <S extends AbstractBlockingStub<S>, T> T once(Upstream upstream, S stub, Function<S, T> question) {
        return once(upstream, stub, config.deadline(), question);
    }

    private <S extends AbstractBlockingStub<S>, T> T once(
            Upstream upstream, S stub, Duration deadline, Function<S, T> question) {
        S traced = stub.withInterceptors(carrier);
        try {
            return question.apply(traced.withDeadlineAfter(deadline.toMillis(), MILLISECONDS));
        } catch (StatusRuntimeException failure) {
            if (!GrpcErrors.isUnheard(failure)) {
                throw failed(upstream, failure);
            }
            reconnect(upstream);
            return ask(
                    upstream,
                    () -> question.apply(traced.withWaitForReady()
                            .withDeadlineAfter(config.reconnect().toMillis(), MILLISECONDS)));
        }
    }

    private CodedException failed(Upstream upstream, StatusRuntimeException failure) {
        CodedException coded = UpstreamFailure.of(upstream, failure);
        if (coded.code() == ErrorCode.SERVICE_UNAVAILABLE) {
            metrics.unavailable(upstream);
        }
        return coded;
    }

    private Channel channel(Upstream upstream) {
        return Objects.requireNonNull(channels.get(upstream));
    }

    /** gRPC waits up to two minutes between connection attempts; a restarted service is there in seconds. */
    private void reconnect(Upstream upstream) {
        if (channel(upstream) instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        }
    }

    private static <T> T join(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.INTERRUPTED, "The gateway is stopping; try again.", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
