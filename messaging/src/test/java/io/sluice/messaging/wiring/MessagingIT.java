package io.sluice.messaging.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.messaging.v1.DeadLetter;
import io.sluice.contract.messaging.v1.DeadLetterCommand;
import io.sluice.contract.messaging.v1.DeadLetterCommandResult;
import io.sluice.contract.messaging.v1.ListDeadLettersRequest;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import io.sluice.contract.messaging.v1.PauseWorkRequest;
import io.sluice.contract.messaging.v1.ResumeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeDeadLettersRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.command.CommandKey;
import io.sluice.messaging.grpc.GrpcErrors;
import io.sluice.messaging.grpc.InternalToken;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;
import io.sluice.messaging.work.Lane;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkRequest;

/** The module in a container: found handlers, started duties, channels, gRPC with token and error codes, health, meters. */
@QuarkusTest
@WithTestResource(MessagingInfra.class)
class MessagingIT {

    @Inject
    Transactions transactions;

    @Inject
    WorkBoard board;

    @Inject
    Outbox outbox;

    @Inject
    Workshop.Hashing hashing;

    @Inject
    Workshop.Facts facts;

    @Inject
    InternalToken token;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        URI address = url();
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void submittedWorkIsDoneAndGivenUpWorkIsSeen() {
        transactions.run(tx -> board.submit(
                tx,
                List.of(
                        WorkRequest.of("hash", "good-1", Lane.FRESH),
                        WorkRequest.of("hash", "good-2", Lane.FRESH),
                        WorkRequest.of("hash", "bad-1", Lane.BACKLOG))));
        await().until(() -> hashing.done.containsAll(List.of("good-1", "good-2", "bad-1")));
        assertThat(stub().listDeadLetters(
                                ListDeadLettersRequest.newBuilder().setLimit(10).build())
                        .getDeadLettersList())
                .filteredOn(letter -> letter.getKey().toStringUtf8().equals("bad-1"))
                .singleElement()
                .satisfies(MessagingIT::tellsItsCause);
        await().untilAsserted(() -> assertThat(stub().summarizeWork(SummarizeWorkRequest.getDefaultInstance())
                        .getWorkList())
                .anySatisfy(line -> {
                    assertThat(line.getState()).isEqualTo("given_up");
                    assertThat(line.getLane()).isEqualTo("backlog");
                    assertThat(line.getLastErrorCode()).isEqualTo("internal");
                    assertThat(line.getLastError()).isEqualTo("as the test wants");
                }));
    }

    @Test
    void redrivenWorkIsDoneAndItsLetterTellsWhoAsked() {
        transactions.run(tx -> board.submit(tx, List.of(WorkRequest.of("hash", "bad-redriven", Lane.FRESH))));
        await().until(() -> hashing.done.contains("bad-redriven"));
        await().until(() -> stub().summarizeDeadLetters(SummarizeDeadLettersRequest.getDefaultInstance())
                        .getSummariesCount()
                > 0);
        DeadLetter letter = letters("open").stream()
                .filter(one -> one.getKey().toStringUtf8().equals("bad-redriven"))
                .findFirst()
                .orElseThrow();
        DeadLetterCommand command = DeadLetterCommand.newBuilder()
                .addIds(letter.getId())
                .setRequestedBy("alice")
                .build();
        assertThat(stub().redriveDeadLetters(command).getClosed()).isEqualTo(1);
        assertThat(stub().redriveDeadLetters(command))
                .as("asked again")
                .isEqualTo(DeadLetterCommandResult.getDefaultInstance());
        await().until(() -> hashing.done.stream().filter("bad-redriven"::equals).count() == 2);
        assertThat(letters("redriven"))
                .filteredOn(one -> one.getId().equals(letter.getId()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.getState()).isEqualTo("redriven");
                    assertThat(one.getClosedBy()).isEqualTo("alice");
                    assertThat(one.hasClosedAt()).isTrue();
                });
    }

    @Test
    void acknowledgementOfNothingInParticularIsRefused() {
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> stub().acknowledgeDeadLetters(DeadLetterCommand.newBuilder()
                        .setRequestedBy("alice")
                        .build()));
        assertThat(GrpcErrors.toCoded(refused).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private List<DeadLetter> letters(String state) {
        return stub().listDeadLetters(ListDeadLettersRequest.newBuilder()
                        .setLimit(100)
                        .setState(state)
                        .build())
                .getDeadLettersList();
    }

    private static void tellsItsCause(DeadLetter letter) {
        assertThat(letter.getService()).isEqualTo("ingest");
        assertThat(letter.getSource()).isEqualTo("work");
        assertThat(letter.getOrigin()).isEqualTo("hash");
        assertThat(letter.getErrorKind()).isEqualTo("defect");
        assertThat(letter.getCause()).isEqualTo("as the test wants");
        assertThat(letter.getAttempts()).isEqualTo(1);
    }

    @Test
    void factThatFailsOnceIsDeferredAndAppliedBySweep() {
        facts.failsOnce = true;
        Topic topic = Topics.SCANNER_FILE;
        transactions.run(tx -> outbox.append(tx, new OutgoingRecord(topic, "k", WorkReleased.getDefaultInstance(), 1)));
        await().until(() -> facts.applied.contains("k"));
        assertThat(facts.failsOnce).isFalse();
    }

    @Test
    void errorCodesSurviveTheWire() {
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> stub().listDeadLetters(ListDeadLettersRequest.newBuilder()
                        .setLimit(100_000)
                        .build()));
        CodedException coded = GrpcErrors.toCoded(refused);
        assertThat(coded.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(coded).hasMessageContaining("limit");
    }

    @Test
    void callWithoutTheTokenIsRefused() {
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> OperationsServiceGrpc.newBlockingStub(channel)
                        .summarizeWork(SummarizeWorkRequest.getDefaultInstance()));
        assertThat(GrpcErrors.toCoded(refused).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void serviceThatIsNotThereIsACapacityError() {
        ManagedChannel nowhere =
                ManagedChannelBuilder.forAddress("localhost", 1).usePlaintext().build();
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> OperationsServiceGrpc.newBlockingStub(nowhere)
                        .summarizeWork(SummarizeWorkRequest.getDefaultInstance()));
        nowhere.shutdownNow();
        assertThat(GrpcErrors.toCoded(refused).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void aPauseIsAskedForByGrpcAndStandsInTheSummary() {
        WorkPause pause = stub().pauseWork(PauseWorkRequest.newBuilder()
                .setWorkClass("hash")
                .setReason("The disk is being changed")
                .setRequestedBy("ops")
                .build());
        assertThat(pause.getPausedBy()).isEqualTo("ops");
        await().untilAsserted(() -> assertThat(stub().summarizeWork(SummarizeWorkRequest.getDefaultInstance())
                        .getPausesList())
                .containsExactly(pause));
        await().untilAsserted(
                        () -> assertThat(get("/q/metrics")).contains("sluice_work_paused{work_class=\"hash\"} 1.0"));
        transactions.run(tx -> board.submit(tx, List.of(WorkRequest.of("hash", "after-the-pause", Lane.FRESH))));
        assertThat(stub().resumeWork(ResumeWorkRequest.newBuilder()
                                .setWorkClass("hash")
                                .build())
                        .getResumed())
                .isTrue();
        await().until(() -> hashing.done.contains("after-the-pause"));
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> stub().pauseWork(PauseWorkRequest.newBuilder()
                        .setWorkClass("nothing")
                        .setReason("why")
                        .build()));
        assertThat(GrpcErrors.toCoded(refused).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aPauseSentAgainWithItsKeyIsTheFormerOneAndNoNewOne() {
        Metadata headers = new Metadata();
        headers.put(CommandKey.METADATA, "pause facts once");
        OperationsServiceBlockingStub keyed =
                stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        PauseWorkRequest request = PauseWorkRequest.newBuilder()
                .setWorkClass("hash")
                .setReason("The disk is being changed")
                .setRequestedBy("ops")
                .build();
        WorkPause pause = keyed.pauseWork(request);
        stub().resumeWork(ResumeWorkRequest.newBuilder().setWorkClass("hash").build());
        assertThat(keyed.pauseWork(request)).isEqualTo(pause);
        assertThat(stub().summarizeWork(SummarizeWorkRequest.getDefaultInstance())
                        .getPausesList())
                .isEmpty();
        await().untilAsserted(() -> assertThat(get("/q/metrics"))
                .contains(
                        "sluice_commands_repeated_total{rpc=\"sluice.messaging.v1.OperationsService/PauseWork\"} 1.0"));
    }

    @Test
    void stateLinesComeInOrder() {
        List<String> lines = new ArrayList<>();
        stub().listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(message -> lines.addAll(message.getLinesList()));
        assertThat(lines).hasSize(1200).isSorted().startsWith("line 00000");
    }

    @Test
    void healthAndMetersAreThere() throws Exception {
        assertThat(get("/q/health/ready")).contains("\"status\": \"UP\"").contains("broker");
        assertThat(get("/q/health/live")).contains("\"status\": \"UP\"").contains("progress");
        await().untilAsserted(() -> assertThat(get("/q/metrics"))
                .contains("sluice_outbox_waiting", "sluice_outbox_sent_total", "sluice_dead_letters"));
    }

    private OperationsServiceBlockingStub stub() {
        return OperationsServiceGrpc.newBlockingStub(channel).withInterceptors(token);
    }

    private static String get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static URI url() {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
    }
}
