package io.sluice.messaging.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.command.CommandAnswers.Kept;

/**
 * Gives every command that came with a key one effect: the key and the answer are written in the transaction of the
 * effect, and whoever sends the same again within 24 hours gets that answer. Two at once: the second waits for the first
 * one's row. A command that is refused leaves nothing behind, so that it can be sent again once its cause is gone. Without
 * a key, the effect runs each time.
 */
public final class CommandsOnce {

    private final Transactions transactions;
    private final Consumer<String> repeated;

    /** @param repeated told the name of a command that was answered from what is kept */
    public CommandsOnce(Transactions transactions, Consumer<String> repeated) {
        this.transactions = transactions;
        this.repeated = repeated;
    }

    /**
     * Answers the gRPC call that runs here.
     *
     * @param effect runs in one transaction with the keeping of its answer
     * @throws CodedException {@code IDEMPOTENCY_KEY_REUSED} when the key came with another request before
     */
    public <A extends MessageLite> A answer(MessageLite request, Parser<A> parser, Function<Handle, A> effect) {
        return answer(request, parser, answer -> true, effect);
    }

    /** As {@link #answer(MessageLite, Parser, Function)}; an answer that tells of no effect may be not worth keeping. */
    public <A extends MessageLite> A answer(
            MessageLite request, Parser<A> parser, Predicate<A> worthKeeping, Function<Handle, A> effect) {
        CommandKey key = CommandKey.current();
        return transactions.call(tx -> once(tx, key, request, parser, worthKeeping, effect));
    }

    /** As {@link #answer(MessageLite, Parser, Function)}, for an effect whose last transaction is the caller's own. */
    public <A extends MessageLite> A answer(
            Handle tx, MessageLite request, Parser<A> parser, Function<Handle, A> effect) {
        return once(tx, CommandKey.current(), request, parser, answer -> true, effect);
    }

    /** As {@link #answer(MessageLite, Parser, Function)}, for a command that did not come by gRPC. */
    public <A extends MessageLite> A answer(
            @Nullable CommandKey key, MessageLite request, Parser<A> parser, Function<Handle, A> effect) {
        return transactions.call(tx -> once(tx, key, request, parser, answer -> true, effect));
    }

    /** What the call that runs here was answered before, for those that are long before they have an effect. */
    public <A extends MessageLite> Optional<A> known(MessageLite request, Parser<A> parser) {
        CommandKey key = CommandKey.current();
        if (key == null) {
            return Optional.empty();
        }
        return transactions
                .read(handle -> CommandAnswers.find(handle, key.hash()))
                .map(kept -> same(kept, key, request, parser));
    }

    private <A extends MessageLite> A once(
            Handle tx,
            @Nullable CommandKey key,
            MessageLite request,
            Parser<A> parser,
            Predicate<A> worthKeeping,
            Function<Handle, A> effect) {
        if (key == null) {
            return effect.apply(tx);
        }
        byte[] hash = key.hash();
        Optional<Kept> kept = CommandAnswers.claim(tx, hash, hashOf(request));
        if (kept.isPresent()) {
            return same(kept.get(), key, request, parser);
        }
        A answer = effect.apply(tx);
        if (worthKeeping.test(answer)) {
            CommandAnswers.keep(tx, hash, answer.toByteArray());
        } else {
            CommandAnswers.forget(tx, hash);
        }
        return answer;
    }

    private <A extends MessageLite> A same(Kept kept, CommandKey key, MessageLite request, Parser<A> parser) {
        if (!Arrays.equals(kept.requestHash(), hashOf(request))) {
            throw new CodedException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request, or from another caller, in the last 24 hours. Nothing"
                            + " was done now. Send a new key for a new request; to repeat the former one, send it unchanged.");
        }
        repeated.accept(key.command());
        try {
            return parser.parseFrom(kept.answer());
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalStateException("An answer of " + key.command() + " that cannot be read", notOurs);
        }
    }

    private static byte[] hashOf(MessageLite request) {
        return CommandKey.sha256().digest(request.toByteArray());
    }
}
