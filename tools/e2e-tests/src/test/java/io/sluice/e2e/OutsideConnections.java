package io.sluice.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks again and again, until it is closed, at which sockets processes and their children have to addresses that are not
 * this machine's own (proc(5): {@code /proc/net/tcp}, {@code /proc/[pid]/fd}).
 */
final class OutsideConnections implements AutoCloseable {

    private static final long PAUSE_MS = 100;
    private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6");
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private final Map<String, Long> processes;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile int looks;
    private volatile boolean over;

    /** @param processes their ids by name */
    OutsideConnections(Map<String, Long> processes) {
        this.processes = processes;
        thread = Thread.ofPlatform().daemon().name("outside-connections").start(this::watch);
    }

    /** Which there were, as "service to address" with the address as the kernel writes it. */
    Collection<String> seen() {
        return seen;
    }

    int looks() {
        return looks;
    }

    private void watch() {
        while (!over) {
            try {
                look();
                looks++;
                Thread.sleep(PAUSE_MS);
            } catch (IOException e) {
                seen.add("cannot be looked at: " + e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() throws IOException {
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            ProcessHandle service = ProcessHandle.of(process.getValue()).orElse(null);
            if (service == null) {
                continue;
            }
            Set<String> sockets = Stream.concat(Stream.of(service), service.descendants())
                    .flatMap(each -> socketsOf(each.pid()).stream())
                    .collect(Collectors.toSet());
            for (String table : TABLES) {
                for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > INODE && sockets.contains(columns[INODE]) && isOutside(columns[REMOTE])) {
                        seen.add(process.getKey() + " to " + columns[REMOTE]);
                    }
                }
            }
        }
    }

    private static Set<String> socketsOf(long pid) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            descriptors.forEach(descriptor -> {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (IOException closedMeanwhile) {
                    // It has no address any more.
                }
            });
        } catch (IOException ended) {
            // A child that has ended has no sockets.
        }
        return inodes;
    }

    /** Words of the address are in the byte order of the machine: 127.0.0.1 is 0100007F. */
    private static boolean isOutside(String remote) {
        String address = remote.substring(0, remote.indexOf(':'));
        return !address.matches("0+") // nobody at the other end: it listens
                && !address.matches("(0{16}FFFF0000)?[0-9A-F]{6}7F")
                && !address.equals("00000000000000000000000001000000");
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
