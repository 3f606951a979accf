package io.sluice.e2e.nemesis;

import java.time.Duration;
import java.util.Locale;

/** One thing that goes wrong for a while. Only data: it can be printed, compared and done again; {@link Strike} does it. */
public sealed interface Fault {

    /** What summaries count it under. */
    String kind();

    /** What it strikes. Two faults of one round never strike the same. */
    String target();

    /** From the strike to the moment when its cause is taken away. */
    Duration lasts();

    /** For a log line. */
    default String text() {
        return kind() + " " + target() + " for " + lasts().toMillis() / 1000.0 + " s";
    }

    /** SIGKILL of a service's process, and a new one in its place after that time. */
    record Kill(String service, int instance, Duration lasts) implements Fault {
        @Override
        public String kind() {
            return "kill " + service;
        }

        @Override
        public String target() {
            return service + "-" + instance;
        }
    }

    /** SIGSTOP, and SIGCONT after that time. Longer than a lease, others have its work by then. */
    record Freeze(String service, int instance, Duration lasts, boolean pastItsLease) implements Fault {
        @Override
        public String kind() {
            return pastItsLease ? "freeze past its lease" : "freeze";
        }

        @Override
        public String target() {
            return service + "-" + instance;
        }
    }

    /** How a server goes away. */
    enum Departure {
        KILLED,
        STOPPED,
        /** It holds its connections and answers nothing. */
        FROZEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No broker for that time. */
    record BrokerAway(Departure how, Duration lasts) implements Fault {
        @Override
        public String kind() {
            return "broker " + how.word();
        }

        @Override
        public String target() {
            return "kafka";
        }
    }

    /** No database for that time. */
    record DatabaseAway(Departure how, Duration lasts) implements Fault {
        @Override
        public String kind() {
            return "database " + how.word();
        }

        @Override
        public String target() {
            return "mariadb";
        }
    }

    /** The disk of the rendition store has no byte left, also for what is being written at that moment. */
    record DiskFull(Duration lasts) implements Fault {
        @Override
        public String kind() {
            return "disk full";
        }

        @Override
        public String target() {
            return "store";
        }
    }

    /** How a mount goes away. */
    enum Absence {
        /** Its root is not there. */
        RENAMED,
        /** Its root is there, and nothing in it. */
        EMPTIED,
        /** Another directory stands in its place, as under a mount that is away. */
        REPLACED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A library's or bundles' mount is not what it was for that time; a full scan is asked for meanwhile. */
    record MountAway(String mount, Absence how, Duration lasts) implements Fault {
        @Override
        public String kind() {
            return "mount " + how.word();
        }

        @Override
        public String target() {
            return mount;
        }
    }

    /** SIGTERM of every process of every service, one after the other, each started again before the next is stopped. */
    record RollingRestart() implements Fault {
        @Override
        public String kind() {
            return "rolling restart";
        }

        @Override
        public String target() {
            return "every service";
        }

        /** As long as it takes. */
        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }
    }
}
