package io.sluice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.sluice.contract.search.v1.SearchServiceGrpc;
import io.sluice.contract.search.v1.SearchServiceGrpc.SearchServiceBlockingStub;
import io.sluice.localstack.process.Ports;

/** The search service alone, as {@code ./sluice up} starts it. */
final class SearchProcess implements AutoCloseable {

    private static final String TOKEN = "bench";

    private final int port = Ports.free();
    private final Process process;
    private final ManagedChannel channel;

    SearchProcess(String bootstrapServers, Path folder) throws IOException {
        Path runner =
                Path.of(System.getProperty("sluice.home", "."), "search-service/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(folder);
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dkafka.bootstrap.servers=" + bootstrapServers,
                        "-Dsluice.internal.token=" + TOKEN,
                        "-Dsluice.search.index-path=" + folder.resolve("index"),
                        "-jar",
                        runner.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("search.log").toFile())
                .start();
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    void awaitReady(Duration limit) throws IOException, InterruptedException {
        long ends = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > ends || !process.isAlive()) {
                throw new IllegalStateException("search is not ready");
            }
            Thread.sleep(20);
        }
    }

    SearchServiceBlockingStub ask() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("sluice-token", Metadata.ASCII_STRING_MARSHALLER), TOKEN);
        return SearchServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Ends in order. */
    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        process.destroy();
        process.waitFor();
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
