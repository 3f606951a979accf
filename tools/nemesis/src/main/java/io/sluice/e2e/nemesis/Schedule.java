package io.sluice.e2e.nemesis;

import static java.time.Duration.ofMillis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import io.sluice.e2e.nemesis.Fault.Absence;
import io.sluice.e2e.nemesis.Fault.BrokerAway;
import io.sluice.e2e.nemesis.Fault.DatabaseAway;
import io.sluice.e2e.nemesis.Fault.Departure;
import io.sluice.e2e.nemesis.Fault.DiskFull;
import io.sluice.e2e.nemesis.Fault.Freeze;
import io.sluice.e2e.nemesis.Fault.Kill;
import io.sluice.e2e.nemesis.Fault.MountAway;
import io.sluice.e2e.nemesis.Fault.RollingRestart;

/** Which faults strike in which order: the same seed and arena give the same rounds, however long they take. */
public final class Schedule {

    private static final List<String> SERVICES = List.of("scanner", "ingest", "media", "search", "gateway");

    /** Two of a kind in turn meet more of what is in flight than one after the other. */
    private static final int PAIRS_IN_TEN = 4;

    private final Random random;
    private final Arena arena;

    private Schedule(long seed, Arena arena) {
        this.random = new Random(seed);
        this.arena = arena;
    }

    /** Every kind once, many at a time, each no longer than it must be: for a test. */
    public static List<Round> everyKindOnce(long seed, Arena arena) {
        Schedule schedule = new Schedule(seed, arena);
        List<Round> rounds = new ArrayList<>();
        rounds.add(schedule.together(
                schedule.kill("ingest"),
                new Kill("media", 0, schedule.between(200, 2000)),
                new MountAway(Arena.PICTURES, Absence.RENAMED, ofMillis(5000))));
        rounds.add(schedule.together(
                schedule.pastItsLease("ingest"),
                new BrokerAway(Departure.KILLED, schedule.between(3000, 5000)),
                new Kill("search", 0, schedule.between(200, 2000))));
        rounds.add(schedule.together(
                new DatabaseAway(Departure.KILLED, schedule.between(500, 2000)),
                schedule.freeze("media"),
                new MountAway(Arena.BUNDLES, Absence.EMPTIED, ofMillis(4000))));
        List<Fault> last = new ArrayList<>(List.of(
                new DatabaseAway(Departure.STOPPED, ofMillis(10_000)),
                new MountAway(Arena.PICTURES, Absence.REPLACED, ofMillis(6000)),
                new Kill("scanner", 0, schedule.between(200, 2000))));
        rounds.add(schedule.together(last.toArray(Fault[]::new)));
        List<Fault> full = new ArrayList<>(List.of(
                new BrokerAway(Departure.STOPPED, ofMillis(10_000)),
                new Kill("gateway", 0, schedule.between(200, 2000))));
        if (arena.diskCanBeFull()) {
            full.add(new DiskFull(ofMillis(8000)));
        }
        rounds.add(schedule.together(full.toArray(Fault[]::new)));
        return rounds;
    }

    /** Without end, for who stops by the clock. */
    public static Iterator<Round> random(long seed, Arena arena) {
        Schedule schedule = new Schedule(seed, arena);
        return new Iterator<>() {

            private final List<Integer> kinds = new ArrayList<>();

            @Override
            public boolean hasNext() {
                return true;
            }

            /** Kinds come in shuffled packs, so that a short run has most of them and a long one all alike. */
            @Override
            public Round next() {
                List<Fault> faults = new ArrayList<>();
                faults.add(draw());
                if (schedule.random.nextInt(10) < PAIRS_IN_TEN) {
                    Fault second = draw();
                    boolean fits = !(second instanceof RollingRestart)
                            && !(faults.getFirst() instanceof RollingRestart)
                            && !second.target().equals(faults.getFirst().target());
                    if (fits) {
                        faults.add(second);
                    }
                }
                return new Round(schedule.between(500, 5000), faults);
            }

            private Fault draw() {
                if (kinds.isEmpty()) {
                    for (int kind = 0; kind < 18; kind++) {
                        kinds.add(kind);
                    }
                    Collections.shuffle(kinds, schedule.random);
                }
                Fault fault = schedule.any(kinds.removeLast());
                return fault instanceof DiskFull && !arena.diskCanBeFull() ? draw() : fault;
            }
        };
    }

    private Fault any(int kind) {
        return switch (kind) {
            case 0, 1, 2, 3, 4 -> kill(SERVICES.get(kind));
            case 5 -> kill("ingest");
            case 6 -> kill("media");
            case 7 -> freeze(SERVICES.get(random.nextInt(SERVICES.size())));
            case 8 -> pastItsLease(SERVICES.get(random.nextInt(3)));
            case 9 -> new BrokerAway(Departure.KILLED, between(500, 20_000));
            case 10 -> new BrokerAway(Departure.STOPPED, between(10_000, 40_000));
            case 11 -> new BrokerAway(Departure.FROZEN, between(3000, 20_000));
            case 12 -> new DatabaseAway(Departure.KILLED, between(500, 10_000));
            case 13 -> new DatabaseAway(Departure.STOPPED, between(10_000, 40_000));
            case 14 -> new DatabaseAway(Departure.FROZEN, between(3000, 15_000));
            case 15 -> new DiskFull(between(5000, 25_000));
            case 16 ->
                new MountAway(
                        random.nextInt(3) == 0 ? Arena.BUNDLES : Arena.PICTURES,
                        Absence.values()[random.nextInt(Absence.values().length)],
                        between(4000, 30_000));
            case 17 ->
                random.nextInt(2) == 0
                        ? new RollingRestart()
                        : new MountAway(Arena.PICTURES, Absence.REPLACED, between(4000, 30_000));
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    private Round together(Fault... faults) {
        return new Round(between(500, 1500), List.of(faults));
    }

    private Kill kill(String service) {
        return new Kill(service, instance(service), between(200, 8000));
    }

    private Freeze freeze(String service) {
        return new Freeze(service, instance(service), between(2000, 5000), false);
    }

    private Freeze pastItsLease(String service) {
        Duration lease = arena.lease();
        return new Freeze(
                service, instance(service), lease.plus(between(2000, 2000 + (int) lease.toMillis() / 3)), true);
    }

    private int instance(String service) {
        return random.nextInt(arena.instances(service));
    }

    private Duration between(int least, int most) {
        return ofMillis(least + (most > least ? random.nextInt(most - least) : 0));
    }
}
