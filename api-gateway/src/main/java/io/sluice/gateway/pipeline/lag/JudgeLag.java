package io.sluice.gateway.pipeline.lag;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.messaging.v1.WorkPause;
import io.sluice.gateway.pipeline.lag.LagState.CatchingUp;
import io.sluice.gateway.pipeline.lag.LagState.DependencyDown;
import io.sluice.gateway.pipeline.lag.LagState.NoConsumer;
import io.sluice.gateway.pipeline.lag.LagState.Ok;
import io.sluice.gateway.pipeline.lag.LagState.Paused;
import io.sluice.gateway.pipeline.lag.LagState.Stuck;
import io.sluice.gateway.pipeline.lag.LagState.Unknown;

/**
 * Says from the evidence how a group or class is. What is not known comes first, then what is missing, then what a person
 * wanted, then what does not move; only what is left is behind or not.
 */
final class JudgeLag {

    /** A class whose rows failed and wait for longer than this does not get over it by itself. */
    private static final Duration DEFERRED_TOO_LONG = Duration.ofMinutes(5);

    private final Duration onItsWay;
    private final Duration stuckAfter;

    JudgeLag(Duration onItsWay, Duration stuckAfter) {
        this.onItsWay = onItsWay;
        this.stuckAfter = stuckAfter;
    }

    LagState judge(Evidence evidence) {
        if (evidence.unmeasured() != null) {
            return unknown(evidence.unmeasured());
        }
        if (evidence.down() != null) {
            return down(evidence, evidence.down());
        }
        if (evidence.members() == 0) {
            return nobody(evidence);
        }
        LagState own = evidence.work() == null ? ofFacts(evidence) : ofWork(evidence, evidence.work());
        return own == null ? behind(evidence) : own;
    }

    static Unknown unknown(String reason) {
        return new Unknown(
                reason,
                "It is measured again in some seconds. If it stays unknown, look at what the reason names: broker, topic"
                        + " or service.");
    }

    private @Nullable LagState ofFacts(Evidence evidence) {
        Told.Deferred deferred = evidence.deferred();
        if (deferred != null && deferred.trouble() != null && deferred.trouble().ofDependency()) {
            return down(evidence, deferred.trouble());
        }
        if (deferred != null) {
            return new Stuck(
                    "%s failed and %s for another try since %s; later ones of the same key queue behind. Last error: %s"
                            .formatted(
                                    messages(deferred.count()),
                                    deferred.count() == 1 ? "waits" : "wait",
                                    seconds(deferred.oldestSeconds()),
                                    text(deferred.trouble())),
                    "Other keys go on. After the fourth try it becomes a dead letter: mend what the error names, then"
                            + " redrive it there.");
        }
        return waits(evidence) && evidence.still().compareTo(stuckAfter) >= 0
                ? new Stuck(
                        "%s and the committed offset has not moved for %s, though the group has %s."
                                .formatted(
                                        waiting(evidence),
                                        seconds(evidence.still().toSeconds()),
                                        evidence.members() == 1 ? "a member" : evidence.members() + " members"),
                        "Look at the log of the " + evidence.service() + " service for group " + evidence.group()
                                + "; restarting it loses nothing.")
                : null;
    }

    private @Nullable LagState ofWork(Evidence evidence, Evidence.Work work) {
        if (work.rows() == null) {
            return unknown("The rows of this class are not known: " + work.silence());
        }
        if (work.pause() != null) {
            return paused(evidence, work.pause());
        }
        Told.Trouble needs = work.rows().stream()
                .map(Told.Rows::trouble)
                .filter(Objects::nonNull)
                .filter(Told.Trouble::ofDependency)
                .findFirst()
                .orElse(null);
        return needs == null ? workThatStands(evidence, work, work.rows()) : down(evidence, needs);
    }

    private @Nullable LagState workThatStands(Evidence evidence, Evidence.Work work, List<Told.Rows> rows) {
        String log = "Look at the log of the " + evidence.service() + " service for work_class=" + work.workClass();
        if (work.oldestSeconds("running") > work.runningTooLong().toSeconds()) {
            return new Stuck(
                    "The longest has been running for " + seconds(work.oldestSeconds("running")) + ".",
                    log + ". A worker that died is noticed when its lease runs out; one that hangs is ended by its time"
                            + " limit, or by a restart, which loses nothing.");
        }
        Told.Rows failing = rows.stream()
                .filter(line -> line.is("deferred")
                        && line.trouble() != null
                        && line.oldestSeconds() > DEFERRED_TOO_LONG.toSeconds())
                .findFirst()
                .orElse(null);
        if (failing != null) {
            return new Stuck(
                    "Work that failed waits for another try since %s. Last error: %s"
                            .formatted(seconds(failing.oldestSeconds()), text(failing.trouble())),
                    "Mend what the error names; the work is tried again by itself and ends as a dead letter at last.");
        }
        boolean idle = work.count("running") == 0;
        if (idle && work.count("released") > 0 && longAgo(work.oldestSeconds("released"))) {
            return new Stuck(
                    "Released work has not been claimed for " + seconds(work.oldestSeconds("released"))
                            + ", though workers are there.",
                    log + ". Unclaimed work is released anew after ten minutes.");
        }
        if (idle
                && work.count("released") == 0
                && work.count("waiting") > 0
                && longAgo(work.oldestSeconds("waiting"))) {
            return new Stuck(
                    "Work has been waiting for " + seconds(work.oldestSeconds("waiting"))
                            + " and none of it is released.",
                    log + ": its dispatcher does not run. A restart loses nothing.");
        }
        return null;
    }

    private LagState behind(Evidence evidence) {
        if (!waits(evidence)) {
            return new Ok("Nothing waits.");
        }
        if (evidence.age() == null) {
            return new CatchingUp(
                    waiting(evidence) + "; the oldest could not be looked at in time.",
                    "Nothing; it is looked at again.");
        }
        if (evidence.age().compareTo(onItsWay) <= 0) {
            return new Ok(waiting(evidence) + ", on " + (one(evidence) ? "its" : "their") + " way.");
        }
        Double rate = evidence.rate();
        return rate == null || rate > 0
                ? new CatchingUp(
                        waiting(evidence) + ", the oldest since "
                                + seconds(evidence.age().toSeconds()) + (rate == null ? "." : "; it gets less."),
                        "Nothing; more workers make it faster.")
                : new CatchingUp(
                        waiting(evidence) + ", the oldest since "
                                + seconds(evidence.age().toSeconds()) + "; as much comes in as is done, or more.",
                        "If it lasts, give the " + evidence.service() + " service more instances or workers.");
    }

    private static NoConsumer nobody(Evidence evidence) {
        return new NoConsumer(
                "Nobody reads for " + evidence.group() + (waits(evidence) ? ": " + waiting(evidence) : "") + ".",
                "Start the " + evidence.service() + " service; it goes on where it stopped.");
    }

    private static Paused paused(Evidence evidence, WorkPause pause) {
        return new Paused(
                "Paused by %s: %s%s"
                        .formatted(
                                pause.getPausedBy(),
                                pause.getReason(),
                                waits(evidence) ? " (" + waiting(evidence) + ")" : ""),
                "Resume it when the reason is over: POST /api/v1/pipeline/work/%s/%s/resume."
                        .formatted(evidence.service(), pause.getWorkClass()));
    }

    private static DependencyDown down(Evidence evidence, Told.Trouble trouble) {
        return new DependencyDown(
                "The " + evidence.service() + " service waits for what it needs: " + text(trouble),
                "Bring back what the reason names. The service goes on by itself; nothing is lost and no attempt is"
                        + " counted.");
    }

    private boolean longAgo(double seconds) {
        return seconds >= stuckAfter.toSeconds();
    }

    private static boolean waits(Evidence evidence) {
        return evidence.waiting() != null && evidence.waiting() > 0;
    }

    private static boolean one(Evidence evidence) {
        return evidence.waiting() != null && evidence.waiting() == 1;
    }

    private static String waiting(Evidence evidence) {
        return one(evidence) ? "1 waits" : evidence.waiting() + " wait";
    }

    private static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }

    private static String text(Told.@Nullable Trouble trouble) {
        return trouble == null
                ? "none is told."
                : trouble.text() + " (" + trouble.code().code() + ")";
    }

    private static String seconds(double seconds) {
        return seconds < 120 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }
}
