package io.sluice.scanner;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.sluice.scanner.library.ConfiguredLibraries;
import io.sluice.scanner.library.Library;
import io.sluice.scanner.library.RegisterLibraries;
import io.sluice.scanner.scan.ScanConfig;
import io.sluice.scanner.scan.ScanDuties;

/** What happens before the first request is answered. */
@ApplicationScoped
class ScannerStart {

    private static final Logger LOG = Logger.getLogger(ScannerStart.class);

    void onStart(
            @Observes StartupEvent event,
            ConfiguredLibraries configured,
            RegisterLibraries register,
            ScanDuties duties,
            ScanConfig config) {
        List<Library> libraries = register.register(configured);
        libraries.forEach(duties::start);
        long quick = config.quickInterval().toSeconds();
        LOG.infof(
                "Watching %d libraries: a quick scan every %d s that looks back %d s, a full scan every %d s",
                libraries.size(), quick, quick + 10, config.fullInterval().toSeconds());
        if (libraries.isEmpty()) {
            LOG.warn(
                    "No library is configured; set sluice.mounts.<name>=<path> and sluice.libraries.<name>.mount=<mount>");
        }
    }
}
