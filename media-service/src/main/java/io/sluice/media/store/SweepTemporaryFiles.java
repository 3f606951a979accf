package io.sluice.media.store;

import java.io.IOException;
import java.time.Duration;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.messaging.lease.Duty;

/** Removes what writers that died have left: no picture takes an hour. */
@ApplicationScoped
class SweepTemporaryFiles implements Duty {

    private static final Logger LOG = Logger.getLogger(SweepTemporaryFiles.class);
    private static final Duration AGE = Duration.ofHours(1);

    private final DirectoryRenditionStore store;

    SweepTemporaryFiles(DirectoryRenditionStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "sweep-temporary-renditions";
    }

    @Override
    public Duration period() {
        return AGE;
    }

    @Override
    public void run(Tenure tenure) throws IOException {
        int removed = store.sweep(AGE);
        if (removed > 0) {
            LOG.infof("Removed %d temporary files of writers that died", removed);
        }
    }
}
