package io.sluice.media.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.media.asset.ContentHash;

/**
 * A directory: {@code <2 hex>/<64 hex>/<name>@<version>.<extension>}, lower case only. What is written lies under {@code
 * .tmp} first, on the same file system, so that one rename moves it.
 */
public final class DirectoryRenditionStore implements RenditionStore {

    private static final String TEMPORARY = ".tmp";

    private final Path root;
    private final Path temporary;
    private final LongSupplier keepFree;
    private final DirectoryTrees trees;

    /**
     * @param root made when it is missing
     * @param keepFree bytes that stay free on its disk; asked before every file
     */
    public DirectoryRenditionStore(Path root, LongSupplier keepFree) {
        this.root = root.toAbsolutePath().normalize();
        this.temporary = this.root.resolve(TEMPORARY);
        this.keepFree = keepFree;
        this.trees = new DirectoryTrees(this.root);
    }

    @Override
    public RenditionWrite open(ContentHash hash, String fileName) {
        requireRoom();
        Path file = temporary.resolve(hash.hex() + "-" + fileName + "-" + UUID.randomUUID());
        return new Write(file, root.resolve(nameOf(hash, fileName)));
    }

    @Override
    public TreeWrite openTree(ContentHash hash, String folderName, long token) {
        requireRoom();
        return trees.open(hash, folderName, token);
    }

    @Override
    public OptionalLong treeSize(ContentHash hash, String folderName) {
        return trees.size(hash, folderName);
    }

    /**
     * Removes folders whose writer died.
     *
     * @param running whether that attempt still runs
     * @return how many there were
     */
    public int sweepTrees(Predicate<GrowingTree> running) throws IOException {
        return trees.sweep(running);
    }

    @Override
    public OptionalLong size(ContentHash hash, String fileName) {
        Path file = root.resolve(nameOf(hash, fileName));
        try {
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw StoreFailure.of(e, file);
        }
    }

    @Override
    public String nameOf(ContentHash hash, String fileName) {
        return hash.hex().substring(0, 2) + "/" + hash.hex() + "/" + fileName;
    }

    @Override
    public void requireRoom() {
        try {
            Files.createDirectories(temporary);
            long free = freeBytes();
            long keep = keepFree.getAsLong();
            if (free < keep) {
                throw new CodedException(
                        ErrorCode.STORE_FULL,
                        "The rendition store is full: %d MB are left on the disk of %s, %d are kept free; make room"
                                .formatted(free >> 20, root, keep >> 20));
            }
            if (!Files.isWritable(temporary)) {
                throw new CodedException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The rendition store %s cannot be written: check its owner and whether it is mounted read-only"
                                .formatted(root));
            }
        } catch (IOException e) {
            throw StoreFailure.of(e, root);
        }
    }

    /** Left for us on the store's disk; NaN when that cannot be told. */
    public double freeBytesOrUnknown() {
        try {
            return freeBytes();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /**
     * Removes temporary files whose writer died.
     *
     * @param age at least so old, by the file system's own clock
     * @return how many there were
     */
    public int sweep(Duration age) throws IOException {
        Files.createDirectories(temporary);
        Path clock = Files.createTempFile(temporary, "clock-", "");
        Instant now = Files.getLastModifiedTime(clock).toInstant();
        Files.delete(clock);
        List<Path> files;
        try (Stream<Path> listing = Files.list(temporary)) {
            files = listing.toList();
        }
        int removed = 0;
        for (Path file : files) {
            if (isOlder(file, now.minus(age)) && Files.deleteIfExists(file)) {
                removed++;
            }
        }
        return removed;
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isAfter(limit);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private final class Write implements RenditionWrite {

        private final Path file;
        private final Path place;

        Write(Path file, Path place) {
            this.file = file;
            this.place = place;
        }

        @Override
        public Path temporaryFile() {
            return file;
        }

        @Override
        public void commit() {
            try {
                Path folder = place.resolveSibling(".").normalize();
                if (!Files.isDirectory(folder)) {
                    Files.createDirectories(folder);
                    sync(folder.resolveSibling(".").normalize());
                    sync(root);
                }
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
                sync(folder);
            } catch (IOException e) {
                throw StoreFailure.of(e, root);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw StoreFailure.of(e, root);
            }
        }
    }
}
