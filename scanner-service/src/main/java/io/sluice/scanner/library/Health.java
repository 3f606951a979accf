package io.sluice.scanner.library;

/** How a library stands. A stale or disabled one says why, in a sentence that names the cure. */
public sealed interface Health {

    record Online() implements Health {}

    /** Should be there, is not provably: nothing is concluded from it. */
    record Stale(String reason) implements Health {}

    /** Not wanted now: it is not even looked at. */
    record Disabled(String reason) implements Health {}

    /** As it stands in tables, metrics and logs. */
    default String word() {
        return switch (this) {
            case Online() -> "online";
            case Stale(String reason) -> "stale";
            case Disabled(String reason) -> "disabled";
        };
    }

    /** Empty when online. */
    default String why() {
        return switch (this) {
            case Online() -> "";
            case Stale(String reason) -> reason;
            case Disabled(String reason) -> reason;
        };
    }

    /** The other way round; anything unknown is stale. */
    static Health of(String word, String reason) {
        return switch (word) {
            case "online" -> new Online();
            case "disabled" -> new Disabled(reason);
            default -> new Stale(reason);
        };
    }
}
