package io.sluice.messaging.deadletter;

import java.util.List;
import java.util.stream.Stream;

import io.sluice.messaging.Node;
import io.sluice.messaging.deadletter.CloseDeadLetters.Wanted;

/** What a person asks for in tests. */
public final class Asked {

    private Asked() {}

    public static Wanted ids(String... ids) {
        return new Wanted(List.of(ids), "", "", null);
    }

    public static Wanted origin(String origin) {
        return new Wanted(List.of(), origin, "", null);
    }

    /** Ids of the open ones, oldest first. */
    public static String[] open(Node node) {
        return node.letters.page(LetterFilter.OPEN, 500, "").reversed().stream()
                .map(kept -> kept.id().toString())
                .toArray(String[]::new);
    }

    /** All letters' states, oldest first. */
    public static Stream<String> states(Node node) {
        return node.letters.page(new LetterFilter("all", "", ""), 500, "").reversed().stream()
                .map(LetterLists.Kept::state);
    }
}
