package io.sluice.scanner.scan;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

import io.sluice.scanner.walk.SeenDirectory;
import io.sluice.scanner.walk.SeenFile;
import io.sluice.scanner.walk.WalkVisitor;

/**
 * What a scan does with what its walk meets: a full one looks at every file and remembers the ids it saw (a bitmap, not
 * paths), a quick one at files that are young and at all files of directories that are not as they were.
 */
final class ScanWalk implements WalkVisitor {

    private final ScanContext context;
    private final LookAtFiles look;
    private final LookAgain lookAgain;
    private final ScanAttempt attempt;
    private final ScanWatch watch;
    private final BooleanSupplier over;
    private final boolean full;
    private final @Nullable KnownDirectories before;
    private final long sinceNs;
    private final KnownDirectories directories = new KnownDirectories();
    private final Roaring64Bitmap seenIds = new Roaring64Bitmap();
    private final FileBatch batch = new FileBatch();
    private boolean everyFile;
    private long met;
    private long told;

    /** @param memory of the scans before this one */
    ScanWalk(
            ScanContext context,
            LookAtFiles look,
            LookAgain lookAgain,
            ScanAttempt attempt,
            ScanWatch watch,
            BooleanSupplier over,
            ScanMemory memory) {
        this.context = context;
        this.look = look;
        this.lookAgain = lookAgain;
        this.attempt = attempt;
        this.watch = watch;
        this.over = over;
        this.full = attempt.kind() == ScanKind.FULL;
        Optional<ScanMemory.Last> last = memory.last();
        this.before = last.map(ScanMemory.Last::directories).orElse(null);
        this.sinceNs = memory.since().map(ScanWalk::nanos).orElse(Long.MIN_VALUE);
    }

    @Override
    public void enter(SeenDirectory directory) {
        everyFile = full || before == null || !before.contains(directory);
    }

    @Override
    public void see(SeenFile file) {
        met++;
        if (everyFile || file.stat().newestNs() >= sinceNs) {
            batch.add(file);
        }
        if (batch.due()) {
            flush();
        }
    }

    @Override
    public void leave(SeenDirectory directory) {
        directories.add(directory);
    }

    @Override
    public boolean stopped() {
        watch.sign();
        return over.getAsBoolean();
    }

    /** Looks at what was collected; to be called once more after the walk. */
    void flush() {
        watch.away();
        if (!batch.isEmpty()) {
            LookAtFiles.Looked looked = look.look(context, batch.files(), batch.seenAt());
            told += looked.told();
            if (full) {
                looked.fileIds().forEach(seenIds::addLong);
            }
            batch.clear();
        }
        attempt.met(() -> new ScanCounts(met, told, 0));
        lookAgain.ifDue(context, watch);
    }

    Roaring64Bitmap seenIds() {
        return seenIds;
    }

    KnownDirectories directories() {
        return directories;
    }

    long told() {
        return told;
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
