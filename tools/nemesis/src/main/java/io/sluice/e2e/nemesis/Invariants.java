package io.sluice.e2e.nemesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold once faults are over and all came to rest, each seen from outside: by clients, on disk, in rows and topics. */
public final class Invariants {

    /** Looks, and tells what is wrong; a look that cannot be made throws. */
    @FunctionalInterface
    interface Check {
        List<String> look() throws Exception;
    }

    private final Map<String, Check> checks = new LinkedHashMap<>();

    Invariants(Stage stage, Deliveries deliveries) {
        FilesChecked files = new FilesChecked(stage);
        checks.put("lost: every file on disk is an asset", files::known);
        checks.put("stuck: every rendition is made", files::rendered);
        checks.put("doubled: one line, one asset", files::once);
        checks.put("lost: every asset is found by search", files::found);
        BatchesChecked batches = new BatchesChecked(stage, deliveries);
        checks.put("stuck: every bundle is imported", batches::imported);
        checks.put("doubled: every item and ledger entry once", batches::once);
        RowsChecked rows = new RowsChecked(stage);
        checks.put("orphaned: no row waits or runs", rows::none);
        checks.put("stuck: lag is ok everywhere", rows::lag);
        checks.put("dead letters: none", rows::deadLetters);
        StoreChecked store = new StoreChecked(stage);
        checks.put("torn: renditions are whole", store::whole);
        checks.put("orphaned: nothing grows in the store", store::nothingGrows);
        TopicsChecked topics = new TopicsChecked(stage);
        checks.put("lost: topics end on the newest version", topics::newest);
        checks.put("lost: the ledger is on its topic", topics::ledger);
    }

    /** Names of the checks. */
    List<String> names() {
        return List.copyOf(checks.keySet());
    }

    /** The first that does not hold, as it comes to rest: the others are not looked at. */
    List<Violation> first() {
        for (Map.Entry<String, Check> check : checks.entrySet()) {
            List<Violation> found = look(check);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** All that does not hold. */
    List<Violation> all() {
        List<Violation> found = new ArrayList<>();
        checks.entrySet().forEach(check -> found.addAll(look(check)));
        return found;
    }

    private static List<Violation> look(Map.Entry<String, Check> check) {
        try {
            return check.getValue().look().stream()
                    .map(text -> new Violation(check.getKey(), text))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new Violation(check.getKey(), "interrupted"));
        } catch (Exception e) {
            return List.of(new Violation(check.getKey(), "could not be looked at: " + e));
        }
    }
}
