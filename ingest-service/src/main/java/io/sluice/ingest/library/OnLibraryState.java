package io.sluice.ingest.library;

import java.util.ArrayList;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactHandler;

/** Learns where libraries lie, whether they are online, and what the inventory of their last full scan looked like. */
@ApplicationScoped
class OnLibraryState implements FactHandler<LibraryState> {

    private final Libraries libraries;
    private final ScanDigests digests;

    OnLibraryState(Libraries libraries, ScanDigests digests) {
        this.libraries = libraries;
        this.digests = digests;
    }

    @Override
    public Topic topic() {
        return Topics.SCANNER_LIBRARY;
    }

    @Override
    public String group() {
        return "ingest.library";
    }

    @Override
    public Parser<LibraryState> parser() {
        return LibraryState.parser();
    }

    @Override
    public void handle(Handle tx, List<Fact<LibraryState>> facts) {
        List<LibraryState> states = new ArrayList<>();
        for (Fact<LibraryState> fact : facts) {
            LibraryState state = fact.value();
            if (state != null) {
                states.add(state);
            }
        }
        if (!states.isEmpty()) {
            libraries.learn(tx, states);
            digests.learn(tx, states);
        }
    }
}
