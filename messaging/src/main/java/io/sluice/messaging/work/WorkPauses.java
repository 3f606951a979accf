package io.sluice.messaging.work;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Which classes a person has paused: nothing of them is released until a person resumes them, whatever restarts meanwhile. */
public final class WorkPauses {

    private static final int LONGEST_REASON = 500;

    /** @param pausedBy who asked for it, as the gateway knows them */
    public record Pause(String workClass, String reason, String pausedBy, Instant pausedAt) {}

    private static final RowMapper<Pause> PAUSE = (row, context) -> new Pause(
            row.getString("work_class"),
            row.getString("reason"),
            row.getString("paused_by"),
            row.getObject("paused_at", java.time.LocalDateTime.class).toInstant(ZoneOffset.UTC));

    private final Set<String> classes;
    private final Consumer<String> wakeDuty;

    /**
     * @param classes that this service has
     * @param wakeDuty has the duty of that name run now, if this instance owns it
     */
    public WorkPauses(Set<String> classes, Consumer<String> wakeDuty) {
        this.classes = new TreeSet<>(classes);
        this.wakeDuty = wakeDuty;
    }

    /**
     * Pauses the class; one that is paused stays so, with its first reason. What was released and not claimed waits again.
     *
     * @throws CodedException {@code NOT_FOUND} for a class that this service does not have; {@code INVALID_REQUEST} for a
     *     reason that is empty or too long
     */
    public Pause pause(Handle tx, String workClass, String reason, String by) {
        known(workClass);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "Say why, in 1 to " + LONGEST_REASON + " characters: whoever finds it paused will ask.");
        }
        tx.createUpdate("""
                            INSERT INTO work_pause (work_class, reason, paused_by) VALUES (:class, :reason, :by)
                            ON DUPLICATE KEY UPDATE work_class = work_class""")
                .bind("class", workClass)
                .bind("reason", reason)
                .bind("by", by.substring(0, Math.min(190, by.length())))
                .execute();
        WorkRows.takeBackUnclaimed(tx, workClass, Duration.ZERO);
        return find(tx, workClass, "").orElseThrow();
    }

    private static Optional<Pause> find(Handle tx, String workClass, String lock) {
        return tx.createQuery("SELECT * FROM work_pause WHERE work_class = :class" + lock)
                .bind("class", workClass)
                .map(PAUSE)
                .findOne();
    }

    /**
     * Goes on with the class at once.
     *
     * @param expected the time of the pause that is meant; null for whichever stands
     * @return whether it was paused
     * @throws CodedException {@code NOT_FOUND} for a class that this service does not have; {@code PRECONDITION_FAILED}
     *     when another pause stands, or none
     */
    public boolean resume(Handle tx, String workClass, @Nullable Instant expected) {
        known(workClass);
        if (expected != null
                && !find(tx, workClass, " FOR UPDATE")
                        .filter(pause -> pause.pausedAt().equals(expected))
                        .isPresent()) {
            throw new CodedException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Another pause of '" + workClass
                            + "' stands, or none: look who paused it and why, then ask again.");
        }
        tx.afterCommit(() -> wakeDuty.accept(Dispatcher.nameOf(workClass)));
        return tx.execute("DELETE FROM work_pause WHERE work_class = ?", workClass) > 0;
    }

    /** All pauses, by class. */
    public static List<Pause> all(Handle handle) {
        return handle.createQuery("SELECT * FROM work_pause ORDER BY work_class")
                .map(PAUSE)
                .list();
    }

    /** Whether a release must wait. It waits for one that is just being made. */
    static boolean isPaused(Handle tx, String workClass) {
        return tx.createQuery("SELECT 1 FROM work_pause WHERE work_class = :class LOCK IN SHARE MODE")
                .bind("class", workClass)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private void known(String workClass) {
        if (!classes.contains(workClass)) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "This service has no work class '" + workClass.toLowerCase(Locale.ROOT) + "'. "
                            + (classes.isEmpty() ? "It has none." : "It has: " + String.join(", ", classes) + "."));
        }
    }
}
