package io.sluice.localstack.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackException;

/** A stack that ends with this process, in order, when Ctrl-C or a signal ends it. */
final class ForegroundStack {

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final LocalStack stack;
    private final Consumer<String> say;
    private final CountDownLatch ending = new CountDownLatch(1);

    ForegroundStack(LocalStack stack, Consumer<String> say) {
        this.stack = stack;
        this.say = say;
    }

    /** Starts everything and waits until it is ready. */
    void start() {
        // Before the start, so that a Ctrl-C in the middle of it ends cleanly too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of the stack"));
        try {
            stack.start();
        } catch (StackException e) {
            if (ending.getCount() > 0) {
                throw e;
            }
            // We are ending, and what was starting has noticed.
        }
    }

    /** Returns when the end has begun. A process that died on the way is told once. */
    void watch() throws InterruptedException {
        Set<String> told = new HashSet<>();
        while (!ending.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            for (String obituary : stack.obituaries()) {
                if (told.add(obituary)) {
                    say.accept(obituary);
                    say.accept("The rest goes on. To have it back: ./sluice down, then ./sluice up");
                }
            }
        }
    }

    private void end() {
        ending.countDown();
        if (stack.isStarted()) {
            say.accept("Stopping services, then broker and database ...");
            stack.close();
            say.accept("Stopped.");
        } else {
            stack.close();
        }
    }
}
