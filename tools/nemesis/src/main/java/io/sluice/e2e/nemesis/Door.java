package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import io.sluice.localstack.ServiceProcess;

/**
 * One address of a service with several processes, as a Kubernetes Service is: each new connection goes to the next process that takes
 * part; those that are open stay where they are.
 */
final class Door implements AutoCloseable {

    private final ServerSocket listening;
    private final int instances;
    private final IntFunction<ServiceProcess> process;
    private final Set<Integer> out = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param process by its number; asked when a connection comes, may throw while there is none yet */
    Door(int instances, IntFunction<ServiceProcess> process) throws IOException {
        this.instances = instances;
        this.process = process;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("door").daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** No new connection goes to it. */
    void takeOut(int instance) {
        out.add(instance);
    }

    void takeIn(int instance) {
        out.remove(instance);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @SuppressWarnings("EmptyCatch") // a cut connection is what this is about
    private void connect(Socket client) {
        try (client) {
            for (int port : ports()) {
                try (Socket server = new Socket()) {
                    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                    open.add(client);
                    open.add(server);
                    Thread back = Thread.ofVirtual().start(() -> pass(server, client));
                    pass(client, server);
                    back.join();
                    return;
                } catch (IOException refused) {
                    // The next one.
                } finally {
                    open.remove(client);
                }
            }
        } catch (IOException cut) {
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        int first = turn.getAndIncrement();
        for (int i = 0; i < instances; i++) {
            int instance = Math.floorMod(first + i, instances);
            if (!out.contains(instance)) {
                try {
                    ports.add(process.apply(instance).port());
                } catch (RuntimeException notYet) {
                    // It has no port before the stack starts.
                }
            }
        }
        return ports;
    }

    /** Until one side ends; then the other one does. */
    @SuppressWarnings("EmptyCatch")
    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
        }
        try {
            from.close();
            to.close();
        } catch (IOException cut) {
        }
        open.remove(from);
        open.remove(to);
    }
}
