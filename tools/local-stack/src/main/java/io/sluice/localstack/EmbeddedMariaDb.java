package io.sluice.localstack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import org.mariadb.jdbc.Driver;

import io.sluice.localstack.process.BoundProcess;
import io.sluice.localstack.process.Ports;

/**
 * A MariaDB server as a process of its own. Its data lies in one folder and survives {@link #kill} and restarts. There
 * is one user, with a password, who may do everything, and one with the same password for ingest, who may not.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    /** A start takes 0.2 s on a quiet machine; recovery after a kill and a cold cache take longer. */
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final MariaDbInstallation installation;
    private final MariaDbFolder folder;
    private final int port;
    private final String password;
    private BoundProcess process;

    private EmbeddedMariaDb(MariaDbInstallation installation, MariaDbFolder folder, int port) {
        this.installation = installation;
        this.folder = folder;
        this.port = port;
        this.password = folder.prepare(installation, port);
        this.process = startProcess();
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @param dir its folder; made when missing, its data is used when there
     * @param port on 127.0.0.1; 0 chooses a free one
     */
    public static EmbeddedMariaDb start(Path dir, int port) {
        return start(dir, port, dir.resolve("mariadb.log"));
    }

    /** As {@link #start(Path, int)}, with its log elsewhere. */
    public static EmbeddedMariaDb start(Path dir, int port, Path log) {
        if (port != 0 && !Ports.isFree(port)) {
            throw new StackException(
                    "Port " + port + " for MariaDB is taken by another program. Stop that, or use another.");
        }
        return new EmbeddedMariaDb(
                MariaDbInstallation.ofThisUser(),
                new MariaDbFolder(dir.toAbsolutePath(), log.toAbsolutePath()),
                port == 0 ? Ports.free() : port);
    }

    /**
     * A URL whose schema is made at the first connection when it is missing. Sessions run in UTC, READ COMMITTED, with
     * the lock wait that the architecture fixes (3 s); batches go to the server as one bulk.
     */
    public String jdbcUrl(String schema) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + schema + "?createDatabaseIfNotExist=true&useBulkStmts=true"
                + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&transactionIsolation=READ_COMMITTED"
                + "&sessionVariables=innodb_lock_wait_timeout=3";
    }

    public String username() {
        return MariaDbFolder.USER;
    }

    public String password() {
        return password;
    }

    /** Owns schema {@code library}, and may insert into and select from {@code ledger}. */
    public String ingestUsername() {
        return MariaDbFolder.INGEST_USER;
    }

    public int port() {
        return port;
    }

    /** The running process. */
    public BoundProcess process() {
        return process;
    }

    /** A new connection to that schema. */
    public Connection connect(String schema) throws SQLException {
        Properties credentials = new Properties();
        credentials.setProperty("user", username());
        credentials.setProperty("password", password);
        return new Driver().connect(jdbcUrl(schema), credentials);
    }

    /** SIGKILL. The data stays; {@link #restart} goes on with it. */
    public void kill() {
        process.kill();
    }

    /** Starts again on the same port and data; stops first when still running. */
    public void restart() {
        process.stop(STOP_LIMIT);
        process = startProcess();
    }

    /** A clean stop. The data stays. */
    @Override
    public void close() {
        process.stop(STOP_LIMIT);
    }

    private BoundProcess startProcess() {
        BoundProcess started = folder.run(installation);
        try {
            Await.ready(started, START_LIMIT, () -> Ports.answers(port) && answers());
        } catch (RuntimeException e) {
            started.kill();
            throw e;
        }
        return started;
    }

    private boolean answers() {
        try (Connection connection = connect("mysql")) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
