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
    void begin(long after) throws IOException {
        write("retry: " + RETRY_MS + "\n" + id(after) + "\n");
        to.flush();
    }

    /** What was missed cannot be told: whoever shows state must ask for it anew. */
    void reset(String reason, long after) throws IOException {
        write("retry: " + RETRY_MS + "\n" + id(after) + "event: reset\ndata: {\"reason\":\"" + reason + "\"}\n\n");
        to.flush();
    }

    /** Leaves it in the buffer. */
    void event(StreamedEvent event) throws IOException {
        write(id(event.offset()) + "event: ledger\ndata: " + event.json() + "\n\n");
    }

    void heartbeat(long after) throws IOException {
        write(": still here\n" + id(after) + "\n");
        to.flush();
    }

    void flush() throws IOException {
        to.flush();
    }

    /** Before the very first record there is no id to resume after. */
    private static String id(long offset) {
        return offset < 0 ? "" : "id: " + offset + "\n";
    }

    private void write(String text) throws IOException {
        to.write(text.getBytes(UTF_8));
    }
}
