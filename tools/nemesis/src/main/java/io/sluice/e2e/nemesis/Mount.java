package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.sluice.e2e.nemesis.Fault.Absence;

/** A folder that services watch, which can go away and come back. Whoever writes into it does so while it is here. */
final class Mount {

    private final String name;
    private final Path root;
    private final Path aside;
    private boolean away;

    Mount(String name, Path root) {
        this.name = name;
        this.root = root;
        this.aside = root.resolveSibling(root.getFileName() + ".away");
    }

    /** Something done below its root. */
    @FunctionalInterface
    interface Act {
        void on(Path root) throws IOException;
    }

    String name() {
        return name;
    }

    Path root() {
        return root;
    }

    /** Does it, unless it is away; it does not go away meanwhile. */
    synchronized boolean whileHere(Act act) throws IOException {
        if (away) {
            return false;
        }
        act.on(root);
        return true;
    }

    synchronized void takeAway(Absence how) throws IOException {
        away = true;
        switch (how) {
            case RENAMED -> Files.move(root, aside);
            case REPLACED -> {
                Files.move(root, aside);
                Files.createDirectory(root);
            }
            case EMPTIED -> {
                Files.createDirectory(aside);
                move(root, aside, Comparator.naturalOrder());
            }
        }
    }

    synchronized void bringBack(Absence how) throws IOException {
        switch (how) {
            case RENAMED -> Files.move(aside, root);
            case REPLACED -> {
                Files.delete(root);
                Files.move(aside, root);
            }
            case EMPTIED -> {
                move(aside, root, Comparator.reverseOrder());
                Files.delete(aside);
            }
        }
        away = false;
    }

    /** Files before folders, or the other way round: a manifest never stands there without its payload. */
    private static void move(Path from, Path to, Comparator<Boolean> foldersLast) throws IOException {
        List<Path> children;
        try (Stream<Path> listing = Files.list(from)) {
            children = new ArrayList<>(listing.toList());
        }
        children.sort(Comparator.comparing((Path child) -> Files.isDirectory(child), foldersLast));
        for (Path child : children) {
            Files.move(child, to.resolve(child.getFileName()));
        }
    }
}
