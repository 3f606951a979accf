package io.sluice.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledMariaDbTest {

    @TempDir
    Path folder;

    @Test
    void where_maven_has_one_none_is_looked_for() {
        assertThat(InstalledMariaDb.wanted("amd64", Map.of("PATH", folder.toString())))
                .isEmpty();
    }

    @Test
    void elsewhere_the_first_on_the_path_is_taken() throws IOException {
        Path server = says("usr/sbin/mariadbd", "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu");

        assertThat(InstalledMariaDb.wanted("aarch64", Map.of("PATH", "/nowhere:" + server.getParent())))
                .hasValue(new InstalledMariaDb(folder.resolve("usr"), "10.11.19"));
    }

    @Test
    void a_named_one_is_taken_everywhere() throws IOException {
        Path server = says("opt/bin/mariadbd", "/opt/bin/mariadbd  Ver 11.8.2-MariaDB for Linux");

        assertThat(InstalledMariaDb.wanted("amd64", Map.of("SLUICE_MARIADBD", server.toString())))
                .hasValue(new InstalledMariaDb(folder.resolve("opt"), "11.8.2"));
    }

    @Test
    void too_old_or_no_server_is_said_with_the_cure() throws IOException {
        String old =
                says("old/mariadbd", "mariadbd  Ver 10.6.1-MariaDB for Linux").toString();
        String other = says("other/mariadbd", "mysqld  Ver 8.4.0 for Linux").toString();

        assertThatThrownBy(() -> InstalledMariaDb.wanted("amd64", Map.of("SLUICE_MARIADBD", old)))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("MariaDB 10.6", "at least 10.11", "SLUICE_MARIADBD");
        assertThatThrownBy(() -> InstalledMariaDb.wanted("amd64", Map.of("SLUICE_MARIADBD", other)))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("no MariaDB server", "8.4.0");
        assertThatThrownBy(() -> InstalledMariaDb.wanted("amd64", Map.of("SLUICE_MARIADBD", folder + "/none")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot be run");
    }

    private Path says(String name, String text) throws IOException {
        Path server = folder.resolve(name);
        Files.createDirectories(server.getParent());
        Files.writeString(server, "#!/bin/sh\necho '" + text + "'\n");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        return server;
    }
}
