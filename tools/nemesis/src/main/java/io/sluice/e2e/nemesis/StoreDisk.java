package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The rendition store on a disk of its own, which can be made full: a small tmpfs, for which one must be root. Elsewhere the store lies
 * on the disk of all the rest, which nobody fills.
 */
final class StoreDisk implements AutoCloseable {

    private static final int MEGABYTES = 512;

    private final Path root;
    private final boolean own;
    private boolean detached;

    private StoreDisk(Path root, boolean own) {
        this.root = root;
        this.own = own;
    }

    static StoreDisk at(Path root) throws IOException {
        Files.createDirectories(root);
        boolean own = run(
                List.of("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + MEGABYTES + "m", "tmpfs", root.toString()));
        StoreDisk disk = new StoreDisk(root, own);
        // Also after Ctrl-C: a mount outlives its processes.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(disk::detach));
        return disk;
    }

    boolean canBeFull() {
        return own;
    }

    /** From now on not a byte more; also for files that are open. */
    void fill() throws IOException {
        // What is written between the look and the limit makes the limit too small for the kernel to take.
        for (int attempt = 0; attempt < 50; attempt++) {
            FileStore store = Files.getFileStore(root);
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            if (remount(Math.max(used, 4096) / 1024 + 4L * attempt)) {
                return;
            }
        }
        throw new IOException("The disk at " + root + " could not be made full");
    }

    void free() throws IOException {
        if (!remount(MEGABYTES * 1024L)) {
            throw new IOException("The disk at " + root + " could not be given room again");
        }
    }

    private boolean remount(long kilobytes) throws IOException {
        return run(List.of("mount", "-o", "remount,size=" + kilobytes + "k", root.toString()));
    }

    @Override
    public void close() {
        detach();
    }

    /** What still has files open there keeps them until it ends. */
    private void detach() {
        if (own && !detached) {
            detached = true;
            try {
                run(List.of("umount", "-l", root.toString()));
            } catch (IOException e) {
                System.err.println("Still mounted: " + root + " (" + e.getMessage() + "). Run: umount " + root);
            }
        }
    }

    private static boolean run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
