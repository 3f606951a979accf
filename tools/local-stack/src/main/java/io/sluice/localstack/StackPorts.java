package io.sluice.localstack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.sluice.localstack.process.Ports;

/** Which process listens where, kept over restarts: a bookmark to the console and a client's address stay good. */
final class StackPorts {

    private final Path file;
    private final Properties book = new Properties();

    StackPorts(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                book.load(in);
            } catch (IOException e) {
                throw new StackException("Cannot read " + file + ": " + e, e);
            }
        }
    }

    /** The port of earlier runs when it is still free, else a new one. */
    int of(String process) {
        int known = known(process);
        return known != 0 && Ports.isFree(known) ? known : remember(process, Ports.free());
    }

    /** The port of earlier runs when it is still free, else the first free one from there on. */
    int near(String process, int wished) {
        int known = known(process);
        if (known != 0 && Ports.isFree(known)) {
            return known;
        }
        int port = wished;
        while (book.containsValue(Integer.toString(port)) || !Ports.isFree(port)) {
            port++;
        }
        return remember(process, port);
    }

    /** Exactly this port. */
    int exactly(String process, int port) {
        if (!Ports.isFree(port)) {
            throw new StackException(
                    "Port " + port + " is taken by another program. Stop that, or choose another port: "
                            + "./sluice up --port " + (port + 10));
        }
        return remember(process, port);
    }

    private int known(String process) {
        return Integer.parseInt(book.getProperty(process, "0"));
    }

    private int remember(String process, int port) {
        book.setProperty(process, Integer.toString(port));
        try (Writer out = Files.newBufferedWriter(file)) {
            book.store(out, "Chosen at the first start; a taken one is replaced");
        } catch (IOException e) {
            throw new StackException("Cannot write " + file + ": " + e, e);
        }
        return port;
    }
}
