package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;

import io.sluice.e2e.nemesis.Fault.BrokerAway;
import io.sluice.e2e.nemesis.Fault.DatabaseAway;
import io.sluice.e2e.nemesis.Fault.Departure;
import io.sluice.e2e.nemesis.Fault.DiskFull;
import io.sluice.e2e.nemesis.Fault.Freeze;
import io.sluice.e2e.nemesis.Fault.Kill;
import io.sluice.e2e.nemesis.Fault.MountAway;
import io.sluice.e2e.nemesis.Fault.RollingRestart;
import io.sluice.localstack.EmbeddedKafka;
import io.sluice.localstack.EmbeddedMariaDb;
import io.sluice.localstack.ServiceProcess;
import io.sluice.localstack.StackException;

/** Does a fault: strikes, waits, and takes its cause away. What must go on then does so by itself. */
final class Strike {

    private static final Duration BACK = Duration.ofMinutes(3);

    private final Stage stage;
    private final AtomicInteger restarts = new AtomicInteger();

    Strike(Stage stage) {
        this.stage = stage;
    }

    /** How often a process that could not start (its database was away) was started once more, as an orchestrator does. */
    int restarts() {
        return restarts.get();
    }

    /** Returns when the cause is gone and every process is ready that it took down. */
    void run(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case Kill kill -> {
                ServiceProcess process = stage.stack().service(kill.service(), kill.instance());
                process.kill();
                Thread.sleep(kill.lasts());
                bringBack(process);
            }
            case Freeze freeze -> {
                long pid = stage.stack()
                        .service(freeze.service(), freeze.instance())
                        .pid();
                frozen(pid, freeze.lasts());
            }
            case BrokerAway away -> broker(away);
            case DatabaseAway away -> database(away);
            case DiskFull full -> {
                stage.disk().fill();
                Thread.sleep(full.lasts());
                stage.disk().free();
            }
            case MountAway away -> {
                Mount mount = stage.mount(away.mount());
                mount.takeAway(away.how());
                Thread.sleep(away.lasts().dividedBy(2));
                scanAll();
                Thread.sleep(away.lasts().dividedBy(2));
                mount.bringBack(away.how());
            }
            case RollingRestart rolling -> {
                for (ServiceProcess process : stage.stack().services()) {
                    process.stop();
                    bringBack(process);
                }
            }
        }
    }

    private void broker(BrokerAway away) throws IOException, InterruptedException {
        EmbeddedKafka kafka = stage.stack().kafka();
        if (away.how() == Departure.FROZEN) {
            frozen(kafka.process().pid(), away.lasts());
            return;
        }
        if (away.how() == Departure.KILLED) {
            kafka.kill();
        } else {
            kafka.close();
        }
        Thread.sleep(away.lasts());
        kafka.restart();
    }

    private void database(DatabaseAway away) throws IOException, InterruptedException {
        EmbeddedMariaDb mariaDb = stage.stack().mariaDb();
        if (away.how() == Departure.FROZEN) {
            frozen(mariaDb.process().pid(), away.lasts());
            return;
        }
        if (away.how() == Departure.KILLED) {
            mariaDb.kill();
        } else {
            mariaDb.close();
        }
        Thread.sleep(away.lasts());
        mariaDb.restart();
    }

    private static void frozen(long pid, Duration held) throws IOException, InterruptedException {
        signal(pid, "STOP");
        Thread.sleep(held);
        signal(pid, "CONT");
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + signal + " " + pid + " ended with " + code);
        }
    }

    /** Starts it until it is ready: a process may end when what it needs at its start is away. */
    void bringBack(ServiceProcess process) throws InterruptedException {
        long until = System.nanoTime() + BACK.toNanos();
        while (true) {
            process.start();
            try {
                process.awaitReady(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
                return;
            } catch (StackException notReady) {
                if (process.isAlive() || System.nanoTime() > until) {
                    throw notReady;
                }
                restarts.incrementAndGet();
                Thread.sleep(1000);
            }
        }
    }

    /** Asks for a full scan of everything: what is not provably absent must not become so. */
    void scanAll() {
        try {
            for (JsonNode library : stage.client().libraries()) {
                stage.client().startFullScan(library.get("id").asText());
            }
        } catch (RuntimeException refused) {
            // A library that is away, or a gateway that is; the scanner's own scans go on.
        }
    }
}
