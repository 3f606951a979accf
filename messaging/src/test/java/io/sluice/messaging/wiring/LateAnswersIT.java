package io.sluice.messaging.wiring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jakarta.inject.Inject;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc;
import io.sluice.contract.messaging.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import io.sluice.contract.messaging.v1.PauseWorkRequest;
import io.sluice.contract.messaging.v1.ResumeWorkRequest;
import io.sluice.contract.messaging.v1.SummarizeWorkRequest;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.grpc.InternalToken;

/** Two calls on one connection, the first of which its caller gives up before it is answered. */
@QuarkusTest
@WithTestResource(MessagingInfra.class)
class LateAnswersIT {

    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @Inject
    Workshop.Lines lines;

    @Inject
    Transactions transactions;

    @Inject
    InternalToken token;

    private final BlockingQueue<Thread> answering = new LinkedBlockingQueue<>();
    private final Semaphore mayAnswer = new Semaphore(0);
    private final AtomicInteger told = new AtomicInteger();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        URI address = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        lines.before = () -> {
            answering.add(Thread.currentThread());
            mayAnswer.acquireUninterruptibly();
        };
    }

    @AfterEach
    void disconnect() {
        lines.before = () -> {};
        mayAnswer.release(2);
        channel.shutdownNow();
        callers.close();
    }

    @Test
    void anAnswerThatComesTooLateDoesNotEndTheOtherCallsOfItsConnection() throws Exception {
        Future<?> patient = callers.submit(() -> listLines(patiently()));
        nextAsked();
        patiently()
                .pauseWork(PauseWorkRequest.newBuilder()
                        .setWorkClass("hash")
                        .setReason("The disk is being changed")
                        .setRequestedBy("ops")
                        .build());
        transactions.run(held -> {
            held.execute("SELECT work_class FROM work_pause FOR UPDATE");
            assertThat(codeOf(() -> resume(impatiently()))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        });
        await("the late answer, and the wire at rest")
                .during(Duration.ofMillis(300))
                .atMost(A_WHILE)
                .until(() -> pauses() == 0);
        mayAnswer.release();
        patient.get();
        assertThat(told).hasValue(1200);
    }

    @Test
    void aStreamThatNobodyReadsAnyMoreEnds() throws Exception {
        assertThat(codeOf(() -> listLines(impatiently()))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        mayAnswer.release();
        assertThat(nextAsked().join(A_WHILE)).isTrue();
    }

    private static void resume(OperationsServiceBlockingStub stub) {
        stub.resumeWork(ResumeWorkRequest.newBuilder().setWorkClass("hash").build());
    }

    /** The thread that answers the next call for lines. */
    private Thread nextAsked() throws InterruptedException {
        return requireNonNull(answering.poll(A_WHILE.toSeconds(), TimeUnit.SECONDS), "the call did not arrive");
    }

    private int pauses() {
        return patiently()
                .summarizeWork(SummarizeWorkRequest.getDefaultInstance())
                .getPausesCount();
    }

    private static Status.Code codeOf(ThrowingCallable call) {
        return Status.fromThrowable(catchThrowable(call)).getCode();
    }

    private void listLines(OperationsServiceBlockingStub stub) {
        stub.listStateLines(ListStateLinesRequest.getDefaultInstance())
                .forEachRemaining(message -> told.addAndGet(message.getLinesCount()));
    }

    private OperationsServiceBlockingStub impatiently() {
        return within(Duration.ofSeconds(1));
    }

    private OperationsServiceBlockingStub patiently() {
        return within(A_WHILE);
    }

    private OperationsServiceBlockingStub within(Duration patience) {
        return OperationsServiceGrpc.newBlockingStub(channel)
                .withInterceptors(token)
                .withDeadlineAfter(patience);
    }
}
