package io.sluice.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import io.sluice.localstack.process.PidFile;

/** One launcher per state folder. The kernel lets go of the lock when its holder dies, so it cannot go stale. */
final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    @SuppressWarnings("resource") // the channel is open as long as the lock
    static StackLock acquire(StackFolder folder) {
        try {
            FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw taken(folder);
            }
            new PidFile(folder.launcher()).write(ProcessHandle.current());
            return new StackLock(channel);
        } catch (IOException e) {
            throw new StackException("Cannot lock " + folder.lock() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("Cannot release the lock of the state folder", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    private static StackException taken(StackFolder folder) {
        String holder = new PidFile(folder.launcher())
                .running()
                .map(handle -> " (process " + handle.pid() + ")")
                .orElse("");
        return new StackException("Another stack runs on " + folder.root() + holder + ". Stop it: ./sluice down --data "
                + folder.root() + ", or give this one its own folder: --data DIR");
    }
}
