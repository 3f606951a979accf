package io.sluice.scanner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.sluice.scanner.handover.ObservedBundles;
import io.sluice.scanner.inventory.Inventory;
import io.sluice.scanner.library.ConfiguredLibraries;
import io.sluice.scanner.library.LibrariesConfig;
import io.sluice.scanner.library.MountsConfig;
import io.sluice.scanner.library.ProbeLibrary;
import io.sluice.scanner.library.WrongSettings;
import io.sluice.scanner.scan.ScanConfig;
import io.sluice.scanner.walk.StabilityGate;
import io.sluice.scanner.walk.Stats;

/** Makes domain objects of the configuration. */
@ApplicationScoped
class ScannerBeans {

    /** @throws WrongSettings with every setting of this service that cannot be meant */
    @Produces
    @Singleton
    ConfiguredLibraries libraries(
            MountsConfig mounts,
            LibrariesConfig libraries,
            ScanConfig scan,
            @ConfigProperty(name = "sluice.excluded-dirs") Optional<List<String>> excludedDirs) {
        List<String> errors = new ArrayList<>();
        scan.check(errors::add);
        ConfiguredLibraries configured = ConfiguredLibraries.read(
                mounts.paths(), libraries.byName(), excludedDirs.orElse(List.of()), errors::add);
        if (!errors.isEmpty()) {
            throw new WrongSettings(errors);
        }
        return configured;
    }

    @Produces
    @Singleton
    Stats stats() {
        return new Stats();
    }

    @Produces
    @Singleton
    StabilityGate gate(ScanConfig config) {
        return new StabilityGate(config.stableAfter());
    }

    @Produces
    @Singleton
    ProbeLibrary probe(ConfiguredLibraries configured, Inventory inventory, ObservedBundles bundles, Stats stats) {
        return new ProbeLibrary(
                configured.mounts(), library -> inventory.anyPresent(library) || bundles.anyPresent(library), stats);
    }
}
