package io.sluice.gateway.pipeline.lag;

/** How a group or class is, each state with a sentence that says why and one that says what to do. */
sealed interface LagState {

    /** One sentence, for a person. */
    String reason();

    /** What to do; empty when there is nothing to do. */
    String cure();

    /** As it stands in answers and meters. */
    default String word() {
        return switch (this) {
            case Ok ok -> "ok";
            case CatchingUp behind -> "catching_up";
            case Paused paused -> "paused";
            case Stuck stuck -> "stuck";
            case NoConsumer nobody -> "no_consumer";
            case DependencyDown down -> "dependency_down";
            case Unknown unknown -> "unknown";
        };
    }

    /** Nothing waits, or only what is on its way. */
    record Ok(String reason) implements LagState {
        @Override
        public String cure() {
            return "";
        }
    }

    /** More waits than is on its way, and it is being worked on. */
    record CatchingUp(String reason, String cure) implements LagState {}

    /** A person said so. */
    record Paused(String reason, String cure) implements LagState {}

    /** It does not go on by itself. */
    record Stuck(String reason, String cure) implements LagState {}

    /** Nobody reads. */
    record NoConsumer(String reason, String cure) implements LagState {}

    /** It goes on by itself once what it needs is back. */
    record DependencyDown(String reason, String cure) implements LagState {}

    /** It could not be measured. */
    record Unknown(String reason, String cure) implements LagState {}
}
