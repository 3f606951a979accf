package io.sluice.messaging.work;

import java.time.Duration;
import java.util.List;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Instance;

/** Lets a test of many rows call the statements of the hot road as they are. */
public final class ScaleWork {

    private ScaleWork() {}

    public static int release(Handle tx, Instance instance, int limit) {
        return new Turns(rows(instance), "image").release(tx, limit).size();
    }

    public static int wakeDeferred(Handle tx, Instance instance) {
        return rows(instance).wakeDeferred(tx, "image");
    }

    public static int inWindow(Handle tx, Instance instance) {
        return rows(instance).inWindow(tx, "image");
    }

    public static int vanished(Handle tx, Instance instance) {
        return rows(instance).lockVanished(tx, "image", 200).size();
    }

    public static int takeBack(Handle tx, Instance instance) {
        return WorkRows.takeBackUnclaimed(tx, "image", Duration.ofHours(1));
    }

    public static int claim(Handle tx, Instance instance, List<Long> ids) {
        int locked = rows(instance).lockReleased(tx, ids).size();
        rows(instance).claim(tx, ids);
        return locked;
    }

    private static WorkRows rows(Instance instance) {
        return new WorkRows(instance, Duration.ofSeconds(30));
    }
}
