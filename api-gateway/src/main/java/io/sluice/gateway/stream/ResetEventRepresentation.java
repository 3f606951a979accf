package io.sluice.gateway.stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was missed cannot be told: whoever shows state must ask for it anew.
 *
 * @param reason what is wrong with the place to resume from
 */
@Schema(description = "Data of an event named reset: what was missed cannot be told, ask for the state anew")
record ResetEventRepresentation(
        @Schema(enumeration = {"too old", "ahead"}) String reason) {

    /** Records behind that place are gone. */
    static final ResetEventRepresentation TOO_OLD = new ResetEventRepresentation("too old");

    /** Nothing has come that far: the topics were made anew. */
    static final ResetEventRepresentation AHEAD = new ResetEventRepresentation("ahead");

    String json() {
        return "{\"reason\":\"" + reason + "\"}";
    }
}
