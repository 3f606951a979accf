package io.sluice.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.sluice.localstack.process.BoundProcess;

/**
 * MariaDB's programs, unpacked once per user or, where Maven has none for this processor, those that are installed; and
 * a freshly installed data folder that new databases are copied from (the copy takes a moment, an installation seconds).
 *
 * @param home ours, in the user's cache folder
 * @param base what MariaDB calls {@code basedir}
 */
record MariaDbInstallation(Path home, Path base) {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);

    /** One lock per JVM beside the file lock, which is per process. */
    private static final Object IN_THIS_JVM = new Object();

    Path freshData() {
        return home.resolve("data");
    }

    Path server() {
        return oneOf("bin/mariadbd", "sbin/mariadbd");
    }

    private Path oneOf(String usual, String other) {
        return Files.exists(base.resolve(usual)) ? base.resolve(usual) : base.resolve(other);
    }

    /** The installation of this user; made when it is not there. Safe for two processes at once. */
    static MariaDbInstallation ofThisUser() {
        Path cache = cacheFolder();
        Optional<InstalledMariaDb> installed = InstalledMariaDb.wanted();
        if (installed.isPresent()) {
            Path home = cache.resolve("mariadb-" + installed.get().name());
            return madeIn(cache, new MariaDbInstallation(home, installed.get().base()));
        }
        String version = ServerJars.database()
                .getFileName()
                .toString()
                .replace(".jar", "")
                .replaceFirst(".*-", "");
        Path home = cache.resolve("mariadb-" + version);
        return madeIn(cache, new MariaDbInstallation(home, home.resolve("base")));
    }

    private static MariaDbInstallation madeIn(Path cache, MariaDbInstallation wanted) {
        try {
            synchronized (IN_THIS_JVM) {
                Files.createDirectories(cache);
                try (FileChannel channel = FileChannel.open(
                                cache.resolve(wanted.home.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    if (held.isValid() && Files.notExists(wanted.home)) {
                        wanted.install(cache);
                    }
                }
            }
        } catch (IOException e) {
            throw new StackException(
                    "Cannot unpack MariaDB (350 MB) into " + cache + ": " + e
                            + ". Free some space, or name another folder in XDG_CACHE_HOME.",
                    e);
        }
        return wanted;
    }

    private void install(Path cache) throws IOException {
        Path fresh = cache.resolve("unpack-" + UUID.randomUUID());
        boolean ours = base.startsWith(home);
        MariaDbInstallation aside = new MariaDbInstallation(fresh, ours ? fresh.resolve("base") : base);
        Files.createDirectories(fresh);
        if (ours) {
            unpack(ServerJars.database(), aside.base);
        }
        aside.installData();
        Files.move(aside.home, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(Path jar, Path base) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                int root = entry.getName().indexOf("/linux/");
                if (root < 0 || entry.isDirectory()) {
                    continue;
                }
                Path file = base.resolve(entry.getName().substring(root + "/linux/".length()))
                        .normalize();
                if (!file.startsWith(base)) {
                    throw new IOException("Entry leaves the folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                if (file.startsWith(base.resolve("bin")) || file.startsWith(base.resolve("scripts"))) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    /** Runs MariaDB's own installer. It needs --force because the bundled resolveip finds no host names. */
    private void installData() {
        List<String> command = new ArrayList<>(List.of(
                oneOf("scripts/mariadb-install-db", "bin/mariadb-install-db").toString(),
                "--no-defaults",
                "--force",
                "--basedir=" + base,
                "--datadir=" + freshData(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                // A laptop's log; the server resizes it when its configuration says otherwise.
                "--innodb-log-file-size=" + MariaDbFolder.REDO_LOG));
        if (MariaDbFolder.RUNS_AS_ROOT) {
            command.add("--user=root");
        }
        BoundProcess install = BoundProcess.start(new BoundProcess.Command(
                "mariadb-install-db", command, home, home.resolve("install.log"), home.resolve("install.pid")));
        if (!install.awaitEnd(INSTALL_LIMIT)) {
            install.kill();
            throw install.notReadyWithin(INSTALL_LIMIT);
        }
        if (Files.notExists(freshData().resolve("mysql/global_priv.MAD"))) {
            install.ensureAlive();
        }
    }

    private static Path cacheFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("sluice").toAbsolutePath();
    }
}
