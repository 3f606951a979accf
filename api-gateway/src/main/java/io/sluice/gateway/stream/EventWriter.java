package io.sluice.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** Writes server-sent events as WHATWG HTML 9.2 has them. */
final class EventWriter {

    /** How long a browser waits before it comes again. */
    private static final int RETRY_MS = 2_000;

    private final OutputStream to;

    EventWriter(OutputStream to) {
        this.to = to;
    }

    /** An id without data tells nothing and moves the place to resume from. */
    void begin(Position at) throws IOException {
        write("retry: " + RETRY_MS + "\n" + id(at) + "\n");
        to.flush();
    }

    void reset(ResetEventRepresentation reset, Position at) throws IOException {
        write("retry: " + RETRY_MS + "\n" + id(at) + "event: reset\ndata: " + reset.json() + "\n\n");
        to.flush();
    }

    /**
     * Leaves it in the buffer.
     *
     * @param at how far the client is told with it
     */
    void event(EventType type, String json, Position at) throws IOException {
        write(id(at) + "event: " + type.word() + "\ndata: " + json + "\n\n");
    }

    void heartbeat(Position at) throws IOException {
        write(": still here\n" + id(at) + "\n");
        to.flush();
    }

    void flush() throws IOException {
        to.flush();
    }

    private static String id(Position at) {
        return "id: " + at + "\n";
    }

    private void write(String text) throws IOException {
        to.write(text.getBytes(UTF_8));
    }
}
