package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.sluice.e2e.Pictures;

/** People at work in a library: files come, change, move and go, some are broken, some are there twice. */
final class Workload implements AutoCloseable {

    /** A file whose name has this is no picture; the library must say so and go on. */
    static final String BROKEN = "broken";

    /** More would make the end of a long run wait for its calm twin; from then on files only change, move and go. */
    private static final int MOST_FILES = 1500;

    private final Mount mount;
    private final Pictures pictures;
    private final Films films;
    private final Random random;
    private final List<String> files = new ArrayList<>();
    private final Map<String, Integer> steps = new TreeMap<>();
    private final Thread thread;
    private int made;
    private volatile boolean resting;
    private volatile boolean stopping;
    private volatile @Nullable IOException failure;

    Workload(Mount mount, Path folder, long seed) throws IOException {
        this.mount = mount;
        this.pictures = new Pictures(mount.root(), seed);
        this.films = new Films(folder.resolve("films"), seed);
        this.random = new Random(seed ^ 0x5EED);
        this.thread = Thread.ofPlatform().name("workload").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Nothing new while it rests: how soon a stack goes on is another question than how much it can do. */
    void rest(boolean shall) {
        resting = shall;
    }

    /** Ends after the step it is at; how many steps of which kind there were. */
    Map<String, Integer> stop() throws IOException {
        close();
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        return Map.copyOf(steps);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A picture like no other, now, unless the mount is away. Gives its bytes. */
    byte @Nullable [] put(String path) throws IOException {
        byte[] picture = picture();
        return mount.whileHere(root -> {
                    Files.createDirectories(root.resolve(path).getParent());
                    Files.write(root.resolve(path), picture);
                })
                ? picture
                : null;
    }

    private void work() {
        try {
            while (!stopping) {
                if (!resting) {
                    mount.whileHere(this::step);
                }
                Thread.sleep(200 + random.nextInt(600));
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Path root) throws IOException {
        int dice = random.nextInt(100);
        if (files.size() < 10 || dice < 54 && files.size() < MOST_FILES) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                add(root, "IMG_%05d.jpg", picture());
            }
        } else if (dice < 70) {
            Path file = root.resolve(any());
            Files.write(file, picture());
            count("changed");
        } else if (dice < 80) {
            String from = files.remove(random.nextInt(files.size()));
            String to = folder(root) + "moved_%05d_".formatted(made++) + from.substring(from.lastIndexOf('/') + 1);
            Files.move(root.resolve(from), root.resolve(to));
            files.add(to);
            count("moved");
        } else if (dice < 88) {
            Files.delete(root.resolve(files.remove(random.nextInt(files.size()))));
            count("removed");
        } else if (dice < 92) {
            add(root, "copy_%05d.jpg", Files.readAllBytes(root.resolve(any())));
        } else if (dice < 96) {
            add(
                    root,
                    BROKEN + "_%05d.jpg",
                    random.nextBoolean()
                            ? ("no picture " + made).getBytes(StandardCharsets.UTF_8)
                            : Arrays.copyOf(picture(), 300));
        } else {
            Path film = films.next();
            String path = folder(root) + film.getFileName();
            Files.move(film, root.resolve(path));
            count("films");
        }
    }

    private void add(Path root, String name, byte[] bytes) throws IOException {
        String path = folder(root) + name.formatted(made++);
        Files.write(root.resolve(path), bytes);
        files.add(path);
        count("added");
    }

    private byte[] picture() throws IOException {
        synchronized (pictures) {
            return pictures.jpeg(160);
        }
    }

    /** A good one: what a broken file becomes is nobody's question. */
    private String any() {
        while (true) {
            String path = files.get(random.nextInt(files.size()));
            if (!path.contains(BROKEN)) {
                return path;
            }
        }
    }

    private String folder(Path root) throws IOException {
        String name = "folder-" + random.nextInt(12) + "/";
        Files.createDirectories(root.resolve(name));
        return name;
    }

    private void count(String step) {
        steps.merge(step, 1, Integer::sum);
    }
}
