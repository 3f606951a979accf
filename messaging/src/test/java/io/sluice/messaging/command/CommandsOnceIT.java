package io.sluice.messaging.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;

import io.grpc.Context;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.FixedTenure;
import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** A command that comes again has one effect: at once, later, after a crash, and whatever its transaction ran into. */
class CommandsOnceIT {

    private static final StringValue REQUEST = StringValue.of("make one");

    private final Node node = Node.passing(Servers.freshSchema());
    private final List<String> repeated = new CopyOnWriteArrayList<>();
    private final CommandsOnce once = new CommandsOnce(node.transactions, repeated::add);

    @BeforeEach
    void effects() {
        node.execute("CREATE TABLE effect (id BIGINT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(40) NOT NULL)");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void sameKeyIsAnsweredAsBeforeWithoutAnotherEffect() {
        long first = make("a", REQUEST);
        assertThat(make("a", REQUEST)).isEqualTo(first);
        assertThat(make("b", REQUEST)).isNotEqualTo(first);
        assertThat(effects("make one")).isEqualTo(2);
        assertThat(repeated).containsExactly("test/Make");
    }

    @Test
    void withoutAKeyTheEffectComesEachTime() {
        once.answer(REQUEST, Int64Value.parser(), this::effect);
        once.answer(REQUEST, Int64Value.parser(), this::effect);
        assertThat(effects("make one")).isEqualTo(2);
        assertThat(rows()).isZero();
    }

    @Test
    void sameKeyOfAnotherCommandIsAnotherKey() {
        long first = make("a", REQUEST);
        long other = once.answer(new CommandKey("test/Other", "a"), REQUEST, Int64Value.parser(), tx -> effect(tx))
                .getValue();
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void sameKeyWithAnotherRequestIsRefusedAndHasNoEffect() {
        make("a", REQUEST);
        assertThatThrownBy(() -> make("a", StringValue.of("make two")))
                .isInstanceOfSatisfying(CodedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
                    assertThat(refused.code().httpStatus()).isEqualTo(422);
                    assertThat(refused).hasMessageContaining("Send a new key");
                });
        assertThat(effects("make one")).isEqualTo(1);
    }

    @Test
    void manyAtOnceHaveOneEffectAndOneAnswer() throws Exception {
        int keys = 20;
        int timesEach = 8;
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<Future<Long>>> answers = IntStream.range(0, keys)
                    .mapToObj(key -> IntStream.range(0, timesEach)
                            .mapToObj(time -> callers.submit(() -> {
                                go.await();
                                return make("k" + key, REQUEST);
                            }))
                            .toList())
                    .toList();
            go.countDown();
            for (List<Future<Long>> ofOneKey : answers) {
                long first = ofOneKey.getFirst().get();
                for (Future<Long> answer : ofOneKey) {
                    assertThat(answer.get()).isEqualTo(first);
                }
            }
        }
        assertThat(effects("make one")).isEqualTo(keys);
        assertThat(repeated).hasSize(keys * (timesEach - 1));
    }

    @Test
    void crashBeforeTheCommitLeavesNeitherEffectNorKey() {
        assertThatThrownBy(() -> once.answer(key("a"), REQUEST, Int64Value.parser(), tx -> {
                    Int64Value made = effect(tx);
                    node.execute("KILL "
                            + tx.select("SELECT CONNECTION_ID()")
                                    .mapTo(Long.class)
                                    .one());
                    return made;
                }))
                .isInstanceOfSatisfying(CodedException.class, lost -> assertThat(lost.code())
                        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
        assertThat(effects("make one")).isZero();
        assertThat(rows()).isZero();
        make("a", REQUEST);
        assertThat(effects("make one")).isEqualTo(1);
    }

    @Test
    void replayedTransactionHasItsEffectAndItsKeyOnce() {
        AtomicInteger tries = new AtomicInteger();
        once.answer(key("a"), REQUEST, Int64Value.parser(), tx -> {
            Int64Value made = effect(tx);
            if (tries.incrementAndGet() == 1) {
                tx.execute("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'as the test wants'");
            }
            return made;
        });
        assertThat(tries).hasValue(2);
        assertThat(effects("make one")).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void refusedCommandMayBeSentAgainOnceItsCauseIsGone() {
        assertThatThrownBy(() -> once.answer(key("a"), REQUEST, Int64Value.parser(), tx -> {
                    throw new CodedException(ErrorCode.CONFLICT, "not now");
                }))
                .hasMessage("not now");
        assertThat(rows()).isZero();
        make("a", REQUEST);
        assertThat(effects("make one")).isEqualTo(1);
    }

    @Test
    void answerThatIsNotWorthKeepingIsForgotten() {
        Context.current()
                .withValue(CommandKey.CURRENT, key("a"))
                .run(() -> once.answer(REQUEST, Int64Value.parser(), answer -> false, this::effect));
        assertThat(rows()).isZero();
    }

    @Test
    void knownTellsWhatIsKeptAndNothingElse() throws Exception {
        Context call = Context.current().withValue(CommandKey.CURRENT, key("a"));
        assertThat(call.call(() -> once.known(REQUEST, Int64Value.parser()))).isEmpty();
        long first = make("a", REQUEST);
        assertThat(call.call(() -> once.known(REQUEST, Int64Value.parser()))).hasValue(Int64Value.of(first));
        assertThat(once.known(REQUEST, Int64Value.parser())).as("without a key").isEmpty();
    }

    @Test
    void aKeyEndsAfterADayAndTheSweepTakesItsRow() {
        long first = make("old", REQUEST);
        make("young", REQUEST);
        node.execute("UPDATE command_answer SET created_at = NOW(6) - INTERVAL 24 HOUR WHERE key_hash = ?", (Object)
                key("old").hash());
        long second = make("old", StringValue.of("make two"));
        assertThat(second).isNotEqualTo(first);
        assertThat(make("old", StringValue.of("make two"))).isEqualTo(second);

        node.execute("UPDATE command_answer SET created_at = NOW(6) - INTERVAL 24 HOUR WHERE key_hash = ?", (Object)
                key("old").hash());
        node.execute("INSERT INTO command_answer SELECT UNHEX(SHA2(CONCAT('x', seq), 256)), UNHEX(SHA2('', 256)), '',"
                + " NOW(6) - INTERVAL 25 HOUR FROM seq_1_to_1200");
        new SweepAnswers(node.transactions).run(new FixedTenure(1));
        assertThat(rows()).as("the young one").isEqualTo(1);
    }

    private long make(String key, StringValue request) {
        return once.answer(key(key), request, Int64Value.parser(), this::effect).getValue();
    }

    private static CommandKey key(String key) {
        return new CommandKey("test/Make", key);
    }

    private Int64Value effect(Handle tx) {
        return Int64Value.of(tx.createUpdate("INSERT INTO effect (what) VALUES ('make one')")
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
    }

    private long effects(String what) {
        return node.number("SELECT COUNT(*) FROM effect WHERE what = ?", what);
    }

    private long rows() {
        return node.number("SELECT COUNT(*) FROM command_answer");
    }
}
