package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The same files and bundles in a stack that nothing happens to: what it holds in the end is what must be held. */
final class CalmTwin {

    private final Deliveries deliveries;
    private final List<String> lines;
    private final Map<String, String> store;

    private CalmTwin(Deliveries deliveries, List<String> lines, Map<String, String> store) {
        this.deliveries = deliveries;
        this.lines = lines;
        this.store = store;
    }

    /** Keeps what that stack holds now. */
    static CalmTwin of(Stage struck, Deliveries deliveries) throws IOException {
        ShownState shown = new ShownState(struck.client().stateLines());
        return new CalmTwin(deliveries, shown.ofWhatIsThere(), new StoreChecked(struck).digests(shown.hashes()));
    }

    /** Lines of the state root, and files of the store, that one of both has and the other has not. */
    List<String> differences(Nemesis.Wanted wanted, Consumer<String> say) throws IOException, InterruptedException {
        try (Stage calm = Stage.open(wanted.folder(), "calm", Arena.USUAL_LEASE);
                Deliveries again = deliveries.again(calm)) {
            again.start();
            // All that came in during the faults comes in at once here.
            List<Violation> open =
                    new Settling(calm, again, say).within(wanted.settlesWithin().plus(wanted.lasts()));
            if (!open.isEmpty()) {
                return List.of("the calm run itself did not come to rest: " + open);
            }
            ShownState shown = new ShownState(calm.client().stateLines());
            List<String> wrong = new ArrayList<>();
            Set<String> calmLines = new HashSet<>(shown.ofWhatIsThere());
            Set<String> struckLines = new HashSet<>(lines);
            calmLines.stream()
                    .filter(line -> !struckLines.contains(line))
                    .sorted()
                    .forEach(line -> wrong.add("only after a calm run: " + line));
            lines.stream()
                    .filter(line -> !calmLines.contains(line))
                    .forEach(line -> wrong.add("only after faults: " + line));
            Map<String, String> calmStore = new TreeMap<>(new StoreChecked(calm).digests(shown.hashes()));
            calmStore.forEach((file, digest) -> {
                if (!digest.equals(store.get(file))) {
                    wrong.add("other bytes than after a calm run: " + file);
                }
            });
            store.keySet().stream()
                    .filter(file -> !calmStore.containsKey(file))
                    .forEach(file -> wrong.add("in the store only after faults: " + file));
            return FilesChecked.few(wrong);
        }
    }
}
