package io.sluice.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code mariadbd} of the system: taken where Maven has none for the processor, or where {@code SLUICE_MARIADBD} names
 * one.
 *
 * @param base MariaDB's {@code basedir}, two above the server
 * @param version as it says itself, {@code 10.11.19}
 */
record InstalledMariaDb(Path base, String version) {

    /** The first with the collation that the schemas have, and a long-term release. */
    private static final int LEAST_MAJOR = 10;

    private static final int LEAST_MINOR = 11;
    private static final Pattern VERSION = Pattern.compile("Ver (\\d+)\\.(\\d+)\\.(\\d+)-MariaDB");

    /** Nothing where the one from Maven will do. */
    static Optional<InstalledMariaDb> wanted() {
        return wanted(System.getProperty("os.arch"), System.getenv());
    }

    static Optional<InstalledMariaDb> wanted(String processor, Map<String, String> environment) {
        String named = environment.getOrDefault("SLUICE_MARIADBD", "");
        if (!named.isBlank()) {
            return Optional.of(at(Path.of(named)));
        }
        if (processor.toLowerCase(Locale.ROOT).matches("amd64|x86_64")) {
            return Optional.empty();
        }
        String path = environment.getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Optional.of(Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mariadbd"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(InstalledMariaDb::at)
                .orElseThrow(() -> new StackException("Maven has no MariaDB for the processor " + processor
                        + ", and none is installed. Install one, at least " + LEAST_MAJOR + "." + LEAST_MINOR
                        + " (Debian: sudo apt-get install -y mariadb-server-core mariadb-client-core), or name its server in"
                        + " SLUICE_MARIADBD")));
    }

    private static InstalledMariaDb at(Path server) {
        String said = said(server);
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new StackException(
                    server + " is no MariaDB server: it says \"" + said.strip() + "\". Name one in SLUICE_MARIADBD");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
            throw new StackException(server + " is MariaDB " + major + "." + minor + ", and Sluice needs at least "
                    + LEAST_MAJOR + "." + LEAST_MINOR + ". Name a newer one in SLUICE_MARIADBD");
        }
        Path base = server.toAbsolutePath().normalize().resolve("../..").normalize();
        return new InstalledMariaDb(base, major + "." + minor + "." + version.group(3));
    }

    /** A name for what is made with it: another place or release makes its own. */
    String name() {
        return "installed-" + version + "-" + Integer.toHexString(base.hashCode());
    }

    private static String said(Path server) {
        try {
            Process process = new ProcessBuilder(server.toString(), "--no-defaults", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return said;
        } catch (IOException e) {
            throw new StackException(
                    server + " cannot be run (" + e + "). Name a MariaDB server in SLUICE_MARIADBD", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking " + server + " for its version", e);
        }
    }
}
