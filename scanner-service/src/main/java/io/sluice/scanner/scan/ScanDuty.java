package io.sluice.scanner.scan;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import io.sluice.messaging.lease.Duty;
import io.sluice.scanner.library.Health;
import io.sluice.scanner.library.JudgeLibrary;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.LibraryId;

/**
 * A library's scans, one instance at a time. Each run is a tick: what the library's row says now, what was asked for and
 * what the clock asks for decide what is done. The file system is asked in a thread of its own, because a dead network
 * mount may never answer: then the library is stale, and everything else goes on.
 */
final class ScanDuty implements Duty {

    private static final Logger LOG = Logger.getLogger(ScanDuty.class);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Library library;
    private final ScanTick tick;
    private final JudgeLibrary judge;
    private final ScanConfig config;
    private final ScanMetrics metrics;

    ScanDuty(Library library, ScanTick tick, JudgeLibrary judge, ScanConfig config, ScanMetrics metrics) {
        this.library = library;
        this.tick = tick;
        this.judge = judge;
        this.config = config;
        this.metrics = metrics;
    }

    static String nameOf(LibraryId library) {
        return "scan:" + library;
    }

    @Override
    public String name() {
        return nameOf(library.id());
    }

    @Override
    public Duration period() {
        return config.lookAgainAfter();
    }

    @Override
    public void run(Tenure tenure) throws Exception {
        FutureTask<Boolean> work = new FutureTask<>(() -> tick.run(tenure), true);
        Thread.ofPlatform().daemon().name(name()).start(work);
        boolean told = false;
        try {
            while (!ended(work)) {
                if (!tenure.over() && !told && tick.watch().silentFor(config.hungAfter())) {
                    tellHung(tenure);
                    told = true;
                }
            }
        } catch (InterruptedException stopped) {
            work.cancel(true);
            throw stopped;
        } finally {
            if (tenure.over()) {
                metrics.forget(library.name());
            }
        }
    }

    private static boolean ended(FutureTask<Boolean> work) throws Exception {
        try {
            return work.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private void tellHung(Tenure tenure) {
        Health stale = new Health.Stale("Its file system has not answered for "
                + config.hungAfter().toSeconds() + " s; see whether what is mounted there is alive.");
        judge.settle(library.id(), stale, tenure::verify);
        metrics.health(library.name(), stale);
        LOG.warnf("library=%s is stale now %s", library.name(), stale.why());
    }
}
