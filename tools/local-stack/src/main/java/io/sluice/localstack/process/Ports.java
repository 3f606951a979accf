package io.sluice.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.StackException;

/**
 * Free ports of this machine. A port is chosen below the range from which the kernel takes outgoing ones, and claimed
 * by a lock on a small file for as long as this JVM lives: two stacks that start at once do not choose the same.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int CONNECT_MS = 1_000;
    private static final List<FileLock> CLAIMS = new ArrayList<>();

    private Ports() {}

    /** A port that nothing listens on and no other JVM of this user has claimed here. */
    public static synchronized int free() {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (isFree(port) && claim(port)) {
                return port;
            }
        }
        throw new StackException(
                "No free port between " + FIRST + " and " + (FIRST + COUNT) + ". Stop other stacks: ./sluice down");
    }

    /** Whether nothing listens there on this machine now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Whether something listens there. Unlike {@link #isFree}, which holds the port for a moment, it can be asked while
     * the one who is to listen starts: his own bind never fails by it.
     */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean claim(int port) {
        FileLock lock = tryLock(port);
        if (lock != null) {
            CLAIMS.add(lock);
        }
        return lock != null;
    }

    @SuppressWarnings("resource") // the channel stays open as long as the claim
    private static @Nullable FileLock tryLock(int port) {
        try {
            Path folder =
                    Path.of(System.getProperty("java.io.tmpdir"), "sluice-ports-" + System.getProperty("user.name"));
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                }
                return lock;
            } catch (OverlappingFileLockException ours) {
                // Closing this channel would drop the lock that we hold through the other one.
                return null;
            }
        } catch (IOException e) {
            throw new StackException("Cannot claim a port in " + System.getProperty("java.io.tmpdir") + ": " + e, e);
        }
    }
}
