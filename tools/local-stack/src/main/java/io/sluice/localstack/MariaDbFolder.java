package io.sluice.localstack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import io.sluice.localstack.process.BoundProcess;

/** What a database keeps in its folder: {@code data/}, {@code my.cnf}, {@code users.sql}, {@code password}. */
record MariaDbFolder(Path dir, Path log) {

    static final String USER = "sluice";

    /** What ingest runs as: its own schema is its own, the ledger it may only add to. */
    static final String INGEST_USER = "sluice-ingest";

    static final String REDO_LOG = "32M";
    static final boolean RUNS_AS_ROOT = "root".equals(System.getProperty("user.name"));

    /** Writes configuration and user, and copies a fresh data folder the first time. Gives the user's password. */
    String prepare(MariaDbInstallation installation, int port) {
        try {
            Files.createDirectories(dir);
            if (Files.notExists(data())) {
                Path copy = dir.resolve("copy-" + UUID.randomUUID());
                copyFolder(installation.freshData(), copy);
                Files.move(copy, data(), StandardCopyOption.ATOMIC_MOVE);
            }
            String password = password();
            StackFolder.writePrivately(users(), usersSql(password));
            Files.writeString(dir.resolve("my.cnf"), configuration(installation, port));
            return password;
        } catch (IOException e) {
            throw new StackException("Cannot write MariaDB's folder " + dir + ": " + e, e);
        }
    }

    BoundProcess run(MariaDbInstallation installation) {
        return BoundProcess.start(new BoundProcess.Command(
                "MariaDB",
                List.of(installation.server().toString(), "--defaults-file=" + dir.resolve("my.cnf")),
                dir,
                log,
                dir.resolve("mariadbd.pid")));
    }

    private Path data() {
        return dir.resolve("data");
    }

    private Path users() {
        return dir.resolve("users.sql");
    }

    private String password() throws IOException {
        Path file = dir.resolve("password");
        if (Files.notExists(file) || Files.size(file) == 0) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            StackFolder.writePrivately(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    /** Run by the server before it listens, at every start: users who come by TCP, and no way in without password. */
    private static String usersSql(String password) {
        return """
                CREATE USER IF NOT EXISTS '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                ALTER USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                GRANT ALL ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;
                CREATE USER IF NOT EXISTS '%3$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                ALTER USER '%3$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
                GRANT ALL ON `library`.* TO '%3$s'@'127.0.0.1';
                GRANT SELECT, INSERT ON `ledger`.* TO '%3$s'@'127.0.0.1';
                DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
                FLUSH PRIVILEGES;
                ALTER USER 'root'@'localhost' IDENTIFIED BY '%2$s';
                """.formatted(USER, password, INGEST_USER);
    }

    /** The socket's path is relative to the data folder: an absolute one must be shorter than 108 bytes. */
    private String configuration(MariaDbInstallation installation, int port) {
        return """
                [mariadbd]
                basedir=%s
                datadir=%s
                bind-address=127.0.0.1
                port=%d
                socket=mariadb.sock
                pid-file=mariadb.pid
                init-file=%s
                # 11.4 makes an RSA key at every start, which takes up to 20 s.
                skip-ssl
                skip-name-resolve
                character-set-server=utf8mb4
                collation-server=utf8mb4_uca1400_ai_ci
                transaction-isolation=READ-COMMITTED
                default-time-zone=+00:00
                max-connections=400
                max-allowed-packet=64M
                innodb-buffer-pool-size=128M
                innodb-log-file-size=%s
                performance-schema=OFF
                local-infile=OFF
                %s
                """.formatted(installation.base(), data(), port, users(), REDO_LOG, RUNS_AS_ROOT ? "user=root" : "");
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
