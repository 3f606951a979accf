package io.sluice.scanner.library;

import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Handle;

import io.sluice.messaging.Transactions;

/** What a library's health is, and making it known. */
@Singleton
public class JudgeLibrary {

    private final Transactions transactions;
    private final LibraryRepository libraries;
    private final TellLibrary tell;

    JudgeLibrary(Transactions transactions, LibraryRepository libraries, TellLibrary tell) {
        this.transactions = transactions;
        this.libraries = libraries;
        this.tell = tell;
    }

    /** Whether it is to be looked at at all. */
    public boolean wanted(Library library) {
        return library.configured() && library.enabled();
    }

    public Health notWanted(Library library) {
        return new Health.Disabled(
                library.configured()
                        ? "It is disabled; set sluice.libraries." + library.name() + ".enabled=true to have it again."
                        : "It is no longer configured; set sluice.libraries." + library.name()
                                + ".* again to have it back.");
    }

    public Health healthBy(Probe probe) {
        return switch (probe) {
            case Probe.Passed passed -> new Health.Online();
            case Probe.Failed(String reason) -> new Health.Stale(reason);
        };
    }

    /**
     * Makes it known, if it is not.
     *
     * @param guard runs first in the transaction; what it throws keeps everything as it was
     */
    public void settle(LibraryId id, Health health, Consumer<Handle> guard) {
        boolean known = transactions
                .read(handle -> libraries.find(handle, id))
                .filter(library -> library.health().equals(health))
                .isPresent();
        if (!known) {
            makeKnown(id, health, guard);
        }
    }

    /** Has the library told as it is now, whatever of it changed. */
    void makeKnown(LibraryId id, Health health, Consumer<Handle> guard) {
        transactions.run(tx -> {
            guard.accept(tx);
            libraries.setHealth(tx, id, health);
            tell.ifChanged(tx, id);
        });
    }
}
