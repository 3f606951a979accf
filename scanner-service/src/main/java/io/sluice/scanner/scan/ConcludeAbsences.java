package io.sluice.scanner.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jakarta.inject.Singleton;

import org.roaringbitmap.longlong.Roaring64Bitmap;

import io.sluice.messaging.Transactions;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.inventory.Observation;
import io.sluice.scanner.inventory.ObservationPlan;
import io.sluice.scanner.inventory.ObserveFiles;
import io.sluice.scanner.library.LibraryId;
import io.sluice.scanner.walk.Doubts;

/**
 * After a full walk between two passed probes: which files, held to be present, did it not see? They are stored and told
 * as absent, once. Goes through the ids in pages; what lies where the walk could not look is left as it is.
 */
@Singleton
class ConcludeAbsences {

    /** Ids in a page; 8 bytes each. */
    private static final int PAGE = 20_000;

    private final Transactions transactions;
    private final Inventory inventory;
    private final ObserveFiles observe;

    ConcludeAbsences(Transactions transactions, Inventory inventory, ObserveFiles observe) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.observe = observe;
    }

    /** @return how many were told */
    long conclude(ScanContext context, Roaring64Bitmap seen, Doubts doubts, BooleanSupplier over) {
        if (doubts.everywhere()) {
            return 0;
        }
        return pass(context, seen, doubts, over, true) + pass(context, seen, doubts, over, false);
    }

    private long pass(ScanContext context, Roaring64Bitmap seen, Doubts doubts, BooleanSupplier over, boolean stable) {
        LibraryId library = context.library().id();
        long told = 0;
        long after = 0;
        List<Long> page;
        do {
            long start = after;
            page = transactions.read(handle -> inventory.presentIds(handle, library, stable, start, PAGE));
            List<Long> missing = new ArrayList<>();
            for (long id : page) {
                if (!seen.contains(id)) {
                    missing.add(id);
                }
                after = id;
            }
            for (int from = 0; from < missing.size() && !over.getAsBoolean(); from += Inventory.LOOK_UP) {
                int to = Math.min(missing.size(), from + Inventory.LOOK_UP);
                told += tell(context, missing.subList(from, to), doubts);
            }
        } while (page.size() == PAGE && !over.getAsBoolean());
        return told;
    }

    private int tell(ScanContext context, List<Long> missing, Doubts doubts) {
        LibraryId library = context.library().id();
        List<Observation> absent = transactions.read(handle -> inventory.withIds(handle, library, missing)).stream()
                .filter(file -> !doubts.cover(file.path()))
                .<Observation>map(Observation.Absent::new)
                .toList();
        if (!absent.isEmpty()) {
            observe.commit(library, context.scanId(), new ObservationPlan(absent, List.of()), context.guard());
        }
        return absent.size();
    }
}
