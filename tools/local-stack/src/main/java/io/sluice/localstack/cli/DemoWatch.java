package io.sluice.localstack.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

import io.sluice.localstack.StackException;

/** Tells how the demo library comes in, until every picture and video has its renditions or a reason. */
final class DemoWatch {

    /** A decoder that must be stopped takes four attempts of half a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int LOOK_MILLIS = 500;

    private final DemoState state;
    private final PrintWriter out;

    DemoWatch(Gateway gateway, PrintWriter out) {
        this.state = new DemoState(gateway);
        this.out = out;
    }

    /** Prints progress, then the table. Gives the exit code: 1 when it did not settle in time. */
    int untilSettled() {
        long start = System.nanoTime();
        String last = "";
        DemoState.Look look = look();
        while (!look.settled() && System.nanoTime() - start < LIMIT.toNanos()) {
            if (!look.progress().equals(last)) {
                last = look.progress();
                say("  " + last);
            }
            pause();
            look = look();
        }
        table(look.shown());
        if (!look.settled()) {
            say("Not settled within " + LIMIT.toMinutes() + " minutes: " + look.progress()
                    + ". What waits: ./sluice status, and GET /api/v1/work");
            return 1;
        }
        say("All " + look.counted() + " of the demo are shown or explained, "
                + Math.round((System.nanoTime() - start) / 1e9) + " s after the services were ready.");
        say("");
        return 0;
    }

    /** A look that fails is one to be repeated: services start up beside each other. */
    private DemoState.Look look() {
        try {
            return state.look();
        } catch (StackException notYet) {
            return new DemoState.Look(List.of(), false, "not yet: " + notYet.getMessage());
        }
    }

    private void table(List<DemoState.Shown> lines) {
        say("");
        lines.forEach(line -> say(String.format("  %-42s %-12s %s", line.path(), line.state(), line.reason())));
        say("");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
