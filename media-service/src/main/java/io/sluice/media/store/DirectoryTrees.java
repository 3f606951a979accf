package io.sluice.media.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.sluice.media.asset.ContentHash;

/**
 * The folders of a directory store: {@code <2 hex>/<64 hex>/<name>@<version>/}, grown in {@code .<name>@<version>.<token>}
 * beside it. What grows is also listed in {@code .growing}, so that a sweep need not look through the whole store.
 */
final class DirectoryTrees {

    private final Path root;
    private final Path growing;

    DirectoryTrees(Path root) {
        this.root = root;
        this.growing = root.resolve(".growing");
    }

    /** What earlier attempts at the same folder left is removed: who opens it is the only one that may write it now. */
    TreeWrite open(ContentHash hash, String folderName, long token) {
        GrowingTree tree = new GrowingTree(hash, folderName, token);
        Path home = home(hash);
        try {
            Files.createDirectories(growing);
            createDurably(home);
            for (String marker : startingWith(growing, tree.markerPrefix())) {
                GrowingTree.ofMarker(marker).ifPresent(this::settle);
            }
            Files.createFile(growing.resolve(tree.marker()));
            sync(growing);
            Files.createDirectory(home.resolve(tree.temporaryName()));
            return new Write(tree);
        } catch (IOException e) {
            throw StoreFailure.of(e, root);
        }
    }

    /** Bytes of all files; empty when the folder is not there. */
    OptionalLong size(ContentHash hash, String folderName) {
        Path folder = home(hash).resolve(folderName);
        try {
            return Files.isDirectory(folder) ? OptionalLong.of(size(folder)) : OptionalLong.empty();
        } catch (NoSuchFileException gone) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw StoreFailure.of(e, folder);
        }
    }

    /** As {@link DirectoryRenditionStore#sweepTrees}. */
    int sweep(Predicate<GrowingTree> running) throws IOException {
        Files.createDirectories(growing);
        List<String> markers = startingWith(growing, "");
        int removed = 0;
        for (String marker : markers) {
            GrowingTree tree = GrowingTree.ofMarker(marker).orElse(null);
            if (tree != null && !running.test(tree)) {
                Path home = home(tree.hash());
                if (Files.isDirectory(home.resolve(tree.temporaryName()))) {
                    removed++;
                }
                settle(tree);
            }
        }
        return removed;
    }

    /** Ends what was begun and not finished: one that was moved aside comes back when nothing took its place. */
    private void settle(GrowingTree tree) {
        Path home = home(tree.hash());
        Path aside = home.resolve(tree.asideName());
        Path place = home.resolve(tree.folderName());
        try {
            delete(home.resolve(tree.temporaryName()));
            if (Files.isDirectory(aside) && !Files.isDirectory(place)) {
                Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
                sync(home);
            }
            delete(aside);
            Files.deleteIfExists(growing.resolve(tree.marker()));
        } catch (IOException e) {
            throw StoreFailure.of(e, root);
        }
    }

    private Path home(ContentHash hash) {
        return root.resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    private void createDurably(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home);
            sync(home.resolveSibling(".").normalize());
            sync(root);
        }
    }

    private static List<String> startingWith(Path folder, String prefix) throws IOException {
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static void syncTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                sync(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                sync(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void sync(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** With all that is in it; also one that somebody else removes meanwhile. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            delete(folder);
        }
    }

    private final class Write implements TreeWrite {

        private final GrowingTree tree;
        private final Path home;
        private final Path folder;

        Write(GrowingTree tree) {
            this.tree = tree;
            this.home = home(tree.hash());
            this.folder = home.resolve(tree.temporaryName());
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public String folderName() {
            return tree.temporaryName();
        }

        @Override
        public long commit() {
            Path place = home.resolve(tree.folderName());
            Path aside = home.resolve(tree.asideName());
            try {
                syncTree(folder);
                long bytes = size(folder);
                if (Files.isDirectory(place)) {
                    Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
                sync(home);
                delete(aside);
                return bytes;
            } catch (IOException e) {
                throw StoreFailure.of(e, root);
            }
        }

        @Override
        public void close() {
            settle(tree);
        }
    }
}
