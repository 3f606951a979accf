package io.sluice.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Everything one stack keeps: databases, logs, keys, ports, renditions. A stack is moved or thrown away with it. */
public record StackFolder(Path root) {

    /** The three stores start at 150 MB; below this a first run would end in the middle. */
    private static final long LEAST_FREE_BYTES = 1L << 30;

    private static final int SECRET_BYTES = 24;

    public StackFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path mariaDb() {
        return root.resolve("mariadb");
    }

    /** The rendition store. */
    public Path store() {
        return root.resolve("renditions");
    }

    /** Search index of an instance; what is lost with it is made again. */
    Path index(String process) {
        return root.resolve("index").resolve(process);
    }

    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }

    /** Working directory of a process. */
    public Path run(String process) {
        return root.resolve("run").resolve(process);
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path ports() {
        return root.resolve("ports.properties");
    }

    Path libraries() {
        return root.resolve("libraries.properties");
    }

    Path processes() {
        return root.resolve("processes.json");
    }

    /** Pid of the launcher. */
    public Path launcher() {
        return root.resolve("launcher.pid");
    }

    public Path operatorKeyFile() {
        return root.resolve("operator.key");
    }

    /** Makes the folder, and says at once when it cannot be worked in. */
    void prepare() {
        try {
            Files.createDirectories(root.resolve("log"));
            Files.createDirectories(root.resolve("run"));
            Files.createDirectories(store());
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new StackException(
                        "Only " + (free >> 20) + " MB are free on the disk of " + root + ", and the stack "
                                + "needs 1 GB. Free some space, or use a folder on another disk: --data DIR");
            }
        } catch (IOException e) {
            throw new StackException(
                    "Cannot write the state folder " + root + " (" + e
                            + "). Make it writable, or use another: --data DIR",
                    e);
        }
    }

    /** The key of the person who runs this stack; made at the first start. */
    public String operatorKey() {
        return secret(operatorKeyFile(), "sluice_");
    }

    /** What the services show each other. */
    String internalToken() {
        return secret(root.resolve("internal.token"), "");
    }

    private static String secret(Path file, String prefix) {
        try {
            if (Files.notExists(file)) {
                byte[] random = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(random);
                writePrivately(file, prefix + HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StackException("Cannot read or write " + file + ": " + e, e);
        }
    }

    /** Replaces the file in one step; only its owner may read it. */
    static void writePrivately(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
