package io.sluice.messaging.child;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One running child process and the pipe to it. Used by one caller at a time. */
final class Child {

    /** What a child may know of our environment: no secret is among it. */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "VIPS_WARNING");

    private static final int REMEMBERED_LINES = 12;

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final Thread listener;
    private int served;

    private Child(String name, Process process) {
        this.process = process;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
        this.listener = Thread.ofVirtual().name("child-" + name + "-stderr").start(this::listen);
    }

    static Child start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(PASSED_ON);
        return new Child(name, builder.start());
    }

    /** Sends the request and waits for its answer; any exception means that this child is of no more use. */
    byte[] ask(byte[] request) throws IOException {
        served++;
        requests.writeInt(request.length);
        requests.write(request);
        requests.flush();
        int length = answers.readInt();
        if (length < 0 || length > ChildServer.MAX_FRAME) {
            throw new IOException("a frame of " + length + " bytes is outside the protocol");
        }
        byte[] answer = new byte[length];
        answers.readFully(answer); // one that dies in the midst of its answer has not answered
        return answer;
    }

    int served() {
        return served;
    }

    boolean alive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** How it ended and the last it said, for a person. */
    String obituary() {
        try {
            boolean ended = process.waitFor(2, TimeUnit.SECONDS);
            listener.join(java.time.Duration.ofSeconds(1));
            String exit = ended ? "exit " + process.exitValue() : "still running";
            synchronized (lastWords) {
                return lastWords.isEmpty() ? exit : exit + ": " + String.join(" | ", lastWords);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while it ended";
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line.strip());
            }
        } catch (IOException e) {
            remember("stderr closed: " + e.getMessage());
        }
    }

    private void remember(String line) {
        synchronized (lastWords) {
            if (!line.isEmpty()) {
                lastWords.addLast(line.length() > 200 ? line.substring(0, 200) : line);
            }
            if (lastWords.size() > REMEMBERED_LINES) {
                lastWords.removeFirst();
            }
        }
    }
}
