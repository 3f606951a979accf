package io.sluice.scanner.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.sluice.scanner.walk.AsNobody;
import io.sluice.scanner.walk.RawPath;
import io.sluice.scanner.walk.Stats;

class ProbeLibraryTest {

    @TempDir
    Path temp;

    private Path mount;
    private boolean filesKnown;

    @BeforeEach
    void makeMount() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        mount = Files.createDirectory(temp.resolve("mount"));
    }

    @Test
    void an_empty_root_passes_while_nothing_is_known_of_it() throws IOException {
        Files.createDirectory(mount.resolve("lib"));

        assertThat(probe("lib")).isInstanceOf(Probe.Passed.class);
    }

    @Test
    void an_empty_root_fails_when_files_of_it_are_known() throws IOException {
        Files.createDirectory(mount.resolve("lib"));
        Files.createDirectory(mount.resolve("lib/lost+found"));
        Files.createFile(mount.resolve("lib/.keep"));
        filesKnown = true;

        assertThat(why("lib"))
                .contains("is empty although files of it are known")
                .contains("mount it again");
    }

    @Test
    void a_root_with_anything_to_see_passes() throws IOException {
        Files.createDirectories(mount.resolve("lib/album"));
        filesKnown = true;

        assertThat(probe("lib")).isInstanceOf(Probe.Passed.class);
    }

    @Test
    void what_is_missing_no_directory_or_unreadable_fails_with_the_cure() throws Exception {
        Files.createFile(mount.resolve("file"));
        Files.createDirectory(
                mount.resolve("shut"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("--x--x--x")));

        assertThat(why("gone")).contains("gone is not there; mount it");
        assertThat(why("file")).contains("it is no directory; correct the path");
        assertThat(AsNobody.call(() -> why("shut"))).contains("may not be read by this service");
    }

    @Test
    void a_link_may_lead_about_inside_the_mount_but_not_out_of_it() throws IOException {
        Files.createDirectory(mount.resolve("real"));
        Files.createSymbolicLink(mount.resolve("inside"), mount.resolve("real"));
        Files.createSymbolicLink(mount.resolve("outside"), temp);

        assertThat(probe("inside")).isInstanceOfSatisfying(Probe.Passed.class, passed -> assertThat(passed.root())
                .isEqualTo(RawPath.of(mount.resolve("real"))));
        assertThat(why("outside")).contains("a link leads it out of its mount");
    }

    @Test
    void a_count_that_fails_is_no_count_of_zero() throws IOException {
        Files.createDirectories(mount.resolve("lib/album"));
        ProbeLibrary probe = new ProbeLibrary(
                Map.of("m", RawPath.of(mount)),
                id -> {
                    throw new IllegalStateException("table is locked");
                },
                new Stats());

        assertThat(((Probe.Failed) probe.probe(library("lib"))).reason())
                .contains("could not be asked (table is locked)");
    }

    @Test
    void a_mount_that_is_not_configured_here_fails() {
        Probe probe = new ProbeLibrary(Map.of(), id -> false, new Stats()).probe(library("lib"));

        assertThat(((Probe.Failed) probe).reason()).contains("set sluice.mounts.m");
    }

    @Test
    void a_root_that_was_exchanged_in_between_fails_afterwards() throws IOException {
        Path lib = Files.createDirectory(mount.resolve("lib"));
        Probe.Passed before = (Probe.Passed) probe("lib");
        Files.move(lib, mount.resolve("old"));
        Files.createDirectory(lib);

        assertThat(probe("lib").after(before))
                .isInstanceOfSatisfying(Probe.Failed.class, failed -> assertThat(failed.reason())
                        .contains("was exchanged"));
        assertThat(probe("old").after(before)).isInstanceOf(Probe.Passed.class);
    }

    @Test
    void a_look_that_hangs_is_given_up_and_none_is_sent_after_it() throws Exception {
        TimeLimit limit = new TimeLimit("lib", java.time.Duration.ofMillis(50));
        CountDownLatch alive = new CountDownLatch(1);

        assertThatThrownBy(() -> limit.call(() -> {
                    alive.await();
                    return true;
                }))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> limit.call(() -> true))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("still hangs");

        alive.countDown();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(limit.call(() -> true)).isTrue());
    }

    private Probe probe(String path) {
        return new ProbeLibrary(Map.of("m", RawPath.of(mount)), id -> filesKnown, new Stats()).probe(library(path));
    }

    private String why(String path) {
        return ((Probe.Failed) probe(path)).reason();
    }

    private static Library library(String path) {
        return new Library(
                new LibraryId(UUID.randomUUID()),
                "lib",
                "m",
                RawPath.of(path),
                LibraryKind.LIBRARY,
                LibraryMode.REFERENCED,
                true,
                true,
                List.of(),
                new Health.Online(),
                Instant.EPOCH,
                0,
                0);
    }
}
