package io.sluice.scanner.library;

import java.util.List;

/** Settings are wrong; the message names each of them and its cure. */
public final class WrongSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongSettings(List<String> errors) {
        super("The scanner cannot start, " + errors.size() + " of its settings " + (errors.size() == 1 ? "is" : "are")
                + " wrong:\n  - " + String.join("\n  - ", errors));
    }
}
