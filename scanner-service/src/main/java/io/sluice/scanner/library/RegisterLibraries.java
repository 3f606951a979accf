package io.sluice.scanner.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.sluice.messaging.Transactions;

/**
 * Brings the rows up to the configuration and looks at every enabled library once, before anybody is served: the first
 * answer about libraries is already true.
 */
@Singleton
public class RegisterLibraries {

    private static final Logger LOG = Logger.getLogger(RegisterLibraries.class);

    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final ProbeLibrary probe;
    private final JudgeLibrary judge;

    RegisterLibraries(Transactions transactions, LibraryRepository libraries, ProbeLibrary probe, JudgeLibrary judge) {
        this.transactions = transactions;
        this.libraries = libraries;
        this.probe = probe;
        this.judge = judge;
    }

    /** @return the configured libraries, enabled or not */
    public List<Library> register(ConfiguredLibraries configured) {
        Set<String> names =
                configured.libraries().stream().map(ConfiguredLibrary::name).collect(Collectors.toSet());
        List<Library> rows = transactions.call(tx -> {
            List<Library> registered = configured.libraries().stream()
                    .map(library -> libraries.register(tx, library))
                    .toList();
            libraries.forgetOthers(tx, names);
            return registered;
        });
        sweep(transactions.read(libraries::all));
        return rows;
    }

    private void sweep(List<Library> all) {
        List<Callable<Health>> looks = new ArrayList<>();
        for (Library library : all) {
            looks.add(() -> judge.wanted(library) ? judge.healthBy(probe.probe(library)) : judge.notWanted(library));
        }
        // Side by side: ten dead mounts cost the patience of one.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Health>> answers = threads.invokeAll(looks);
            for (int i = 0; i < all.size(); i++) {
                Health health = answers.get(i).get();
                judge.makeKnown(all.get(i).id(), health, tx -> {});
                LOG.infof("library=%s is %s %s", all.get(i).name(), health.word(), health.why());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Libraries could not be looked at", failure.getCause());
        }
    }
}
