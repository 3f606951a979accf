package io.sluice.media.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.Parser;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.messaging.fact.Fact;
import io.sluice.messaging.fact.FactHandler;

/** Learns where libraries lie and whether they are online. */
@ApplicationScoped
class OnLibraryState implements FactHandler<LibraryState> {

    private final Libraries libraries;
    private final Event<FullScanTold> scans;

    /** The last full scan of each library that this process was told of; after a start the first word counts as news. */
    private final Map<String, String> lastScans = new ConcurrentHashMap<>();

    OnLibraryState(Libraries libraries, Event<FullScanTold> scans) {
        this.libraries = libraries;
        this.scans = scans;
    }

    @Override
    public Topic topic() {
        return Topics.SCANNER_LIBRARY;
    }

    @Override
    public String group() {
        return "media.library";
    }

    @Override
    public Parser<LibraryState> parser() {
        return LibraryState.parser();
    }

    @Override
    public void handle(Handle tx, List<Fact<LibraryState>> facts) {
        List<LibraryState> told = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (Fact<LibraryState> fact : facts) {
            LibraryState state = fact.value();
            if (state == null) {
                gone.add(fact.key());
            } else {
                told.add(state);
            }
        }
        libraries.learn(tx, told);
        libraries.forget(tx, gone);
        tx.afterCommit(() -> told.forEach(this::tellFullScan));
    }

    private void tellFullScan(LibraryState state) {
        String scan = state.getLastFullScan().getScanId();
        if (!scan.isEmpty() && !scan.equals(lastScans.put(state.getLibraryId(), scan))) {
            scans.fireAsync(new FullScanTold(state.getLibraryId()));
        }
    }
}
