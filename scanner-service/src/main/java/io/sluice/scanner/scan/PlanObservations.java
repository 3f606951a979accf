package io.sluice.scanner.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.sluice.scanner.inventory.Observation;
import io.sluice.scanner.inventory.ObservationPlan;
import io.sluice.scanner.inventory.ObservedFile;
import io.sluice.scanner.walk.FileStat;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.SeenFile;
import io.sluice.scanner.walk.StabilityGate;

/**
 * Compares files as they are seen with what the inventory holds, and says what is to be stored and told. One batch, one
 * use; changes nothing.
 */
final class PlanObservations {

    private final Map<RawPath, ObservedFile> holders;
    private final Map<Long, List<ObservedFile>> byInode = new HashMap<>();
    private final StabilityGate gate;
    private final Predicate<ObservedFile> leftItsPath;
    private final Instant seenAt;
    private final List<Observation> observations = new ArrayList<>();
    private final List<Long> displaced = new ArrayList<>();
    private final List<Long> unchanged = new ArrayList<>();
    private final Set<Long> taken = new HashSet<>();

    /**
     * @param holders the files that hold the seen paths
     * @param sameInode the files that had one of the inodes of {@link #unexplained}
     * @param leftItsPath whether a file is provably no longer at its path
     * @param seenAt not after the first of the looks
     */
    PlanObservations(
            Map<RawPath, ObservedFile> holders,
            List<ObservedFile> sameInode,
            StabilityGate gate,
            Predicate<ObservedFile> leftItsPath,
            Instant seenAt) {
        this.holders = new HashMap<>(holders);
        for (ObservedFile file : sameInode) {
            byInode.computeIfAbsent(file.stat().inode(), inode -> new ArrayList<>())
                    .add(file);
        }
        this.gate = gate;
        this.leftItsPath = leftItsPath;
        this.seenAt = seenAt;
    }

    /** Inodes of seen files that are not the ones that hold their paths: they may have come from elsewhere. */
    static List<Long> unexplained(List<SeenFile> seen, Map<RawPath, ObservedFile> holders) {
        return seen.stream()
                .filter(file -> {
                    ObservedFile holder = holders.get(file.path());
                    return holder == null || !goesOn(holder, file.stat());
                })
                .map(file -> file.stat().inode())
                .filter(inode -> inode != 0)
                .distinct()
                .toList();
    }

    ObservationPlan plan(List<SeenFile> seen) {
        seen.forEach(this::look);
        return new ObservationPlan(List.copyOf(observations), List.copyOf(displaced));
    }

    /** Ids of the files that are as the inventory has them. */
    List<Long> unchanged() {
        return unchanged;
    }

    private void look(SeenFile seen) {
        ObservedFile holder = holders.get(seen.path());
        if (holder != null && taken.contains(holder.fileId())) {
            return;
        }
        if (holder != null && goesOn(holder, seen.stat())) {
            goOn(holder, seen);
            return;
        }
        Optional<ObservedFile> elsewhere = cameFrom(seen, holder);
        if (elsewhere.isPresent()) {
            displace(holder);
            take(elsewhere.get(), seen);
        } else if (holder != null && holder.present()) {
            // Another inode at a known path: how editors save. The path is what people mean.
            take(holder, seen);
        } else {
            displace(holder);
            observations.add(new Observation.First(seen.path(), seen.stat(), gate.passes(seen.stat(), seenAt)));
        }
    }

    /** Whether what is seen at a file's path is that file, without a look at any other. */
    private static boolean goesOn(ObservedFile holder, FileStat stat) {
        return holder.present()
                ? holder.stat().inode() == stat.inode()
                : holder.stat().identity().matches(stat)
                        || holder.stat().identity().hasSameContentAs(stat);
    }

    private void goOn(ObservedFile holder, SeenFile seen) {
        boolean settled = !holder.stable() && stable(holder, seen.stat());
        if (holder.present() && holder.stat().sameAs(seen.stat()) && !settled) {
            unchanged.add(holder.fileId());
        } else {
            take(holder, seen);
        }
    }

    private Optional<ObservedFile> cameFrom(SeenFile seen, @Nullable ObservedFile holder) {
        return byInode.getOrDefault(seen.stat().inode(), List.of()).stream()
                .filter(file -> holder == null || file.fileId() != holder.fileId())
                .filter(file -> !taken.contains(file.fileId()))
                .filter(file -> file.stat().identity().matches(seen.stat()))
                .filter(file -> !file.present() || leftItsPath.test(file))
                .max(Comparator.comparing(ObservedFile::present).thenComparing(ObservedFile::sequence));
    }

    private void take(ObservedFile before, SeenFile seen) {
        observations.add(new Observation.Again(before, seen.path(), seen.stat(), stable(before, seen.stat())));
        taken.add(before.fileId());
        holders.remove(before.path(), before);
        holders.put(seen.path(), before);
    }

    private void displace(@Nullable ObservedFile holder) {
        if (holder != null) {
            displaced.add(holder.fileId());
            holders.remove(holder.path());
        }
    }

    private boolean stable(ObservedFile before, FileStat stat) {
        return before.present()
                ? gate.passes(stat, seenAt, before.stat(), before.observedAt())
                : gate.passes(stat, seenAt);
    }
}
