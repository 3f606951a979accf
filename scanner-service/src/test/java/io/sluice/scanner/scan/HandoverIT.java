package io.sluice.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.contract.scanner.v1.ScanState;
import io.sluice.scanner.HandoverUnderTest;
import io.sluice.scanner.LibraryUnderTest;
import io.sluice.scanner.ScannerClient;
import io.sluice.scanner.ScannerLibraries;
import io.sluice.scanner.TestFiles;
import io.sluice.scanner.walk.RawPath;
import io.sluice.testsupport.SluiceInfra;

/** What is seen and told of a handover mount, on a real file system, database and broker. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(ScannerLibraries.class)
class HandoverIT {

    private static final String ONE = "37e428d2-a4f6-4a31-bacf-0c835fb24084";
    private static final String TWO = "37e428d2-a4f6-4a31-bacf-0c835fb24085";

    @Inject
    MeterRegistry meters;

    private ScannerClient client;
    private HandoverUnderTest mount;

    @BeforeEach
    void takeMount() {
        client = new ScannerClient();
        mount = HandoverUnderTest.fresh(client.stub());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void every_way_in_which_manifest_and_sentinel_come_change_and_go_is_told_by_itself() throws IOException {
        Files.createDirectory(mount.root().resolve(ONE));
        List<String> story = new ArrayList<>();

        mount.sentinel(ONE);
        story.add(last(1));
        mount.manifest(ONE);
        story.add(last(2));
        Files.delete(mount.root().resolve(ONE + ".ready"));
        story.add(last(3));
        mount.sentinel(ONE);
        story.add(last(4));
        Files.delete(mount.root().resolve(ONE + ".json"));
        story.add(last(5));
        Files.delete(mount.root().resolve(ONE + ".ready"));
        story.add(last(6));
        mount.manifest(ONE);
        story.add(last(7));
        mount.sentinel(ONE);
        story.add(last(8));

        assertThat(story)
                .containsExactly(
                        "sentinel",
                        "manifest sentinel",
                        "manifest",
                        "manifest sentinel",
                        "sentinel",
                        "",
                        "manifest",
                        "manifest sentinel");
        assertThat(mount.looks())
                .noneMatch(BundleLook::getAsked)
                .extracting(BundleLook::getSequence)
                .doesNotHaveDuplicates();
        assertThat(mount.keys()).containsOnly(mount.library().id() + "/" + ONE);
        assertThat(mount.library().view().getState().getHealth().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
        assertThat(mount.library().view().getState().getKind()).isEqualTo(LibraryKind.LIBRARY_KIND_HANDOVER);
        assertThat(mount.library().states()).as("digests of files").noneMatch(LibraryState::hasLastFullScan);
    }

    @Test
    void a_look_carries_the_stats_and_a_file_that_is_rewritten_or_touched_is_news() throws IOException {
        mount.manifest(ONE);
        mount.sentinel(ONE);
        mount.library().quickScan();
        int before = mount.looks().size();
        Path manifest = mount.root().resolve(ONE + ".json");
        Path sentinel = mount.root().resolve(ONE + ".ready");

        Files.writeString(manifest, "{\"longer\": true, \"than\": \"before\"}");
        mount.library().quickScan();
        BundleLook rewritten = mount.awaitLooks(before + 1).getLast();
        Files.setLastModifiedTime(sentinel, FileTime.from(Instant.parse("2026-05-22T01:18:26.123456789Z")));
        mount.library().quickScan();
        BundleLook touched = mount.awaitLooks(before + 2).getLast();

        assertThat(rewritten.getManifest().getSize()).isEqualTo(Files.size(manifest));
        assertThat(rewritten.getManifest().getInode())
                .isEqualTo(((Number) Files.getAttribute(manifest, "unix:ino")).longValue());
        assertThat(touched.getSentinel().getMtimeNs()).isEqualTo(1_779_412_706_123_456_789L);
        assertThat(touched.getManifest()).isEqualTo(rewritten.getManifest());
        assertThat(touched.getSequence()).isGreaterThan(rewritten.getSequence());
    }

    @Test
    void a_scan_that_a_person_asks_for_tells_everything_that_stands_there_as_news() throws IOException {
        mount.manifest(ONE);
        mount.sentinel(ONE);
        mount.manifest(TWO);
        mount.awaitLooks(2);
        settle();
        List<BundleLook> before = mount.looks();

        ScanRun run = mount.library().quickScan();

        List<BundleLook> asked = mount.looks().subList(before.size(), before.size() + 2);
        assertThat(mount.looks()).hasSize(before.size() + 2);
        assertThat(asked).allMatch(BundleLook::getAsked);
        assertThat(asked).extracting(look -> look.getName().toStringUtf8()).containsExactly(ONE, TWO);
        assertThat(asked).extracting(BundleLook::getScanId).containsOnly(run.getScanId());
        assertThat(asked.getFirst().getSequence())
                .isGreaterThan(before.getLast().getSequence());
        assertThat(run.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(run.getFilesSeen()).isEqualTo(2);
        assertThat(run.getFilesTold()).isEqualTo(2);
        assertThat(SluiceInfra.database()
                        .number(
                                "SELECT COUNT(*) FROM observed_bundle WHERE library_id = ?",
                                mount.library().id()))
                .isEqualTo(2);
    }

    @Test
    void temporary_and_hidden_names_links_folders_and_other_files_are_passed_over() throws IOException {
        Files.createDirectories(mount.root().resolve(ONE + "/photos"));
        Files.writeString(mount.root().resolve(ONE + "/inner.json"), "{}");
        Files.writeString(mount.root().resolve(ONE + "/photos/a.jpg"), "x");
        Files.createDirectory(mount.root().resolve("folder.json"));
        Files.createDirectory(mount.root().resolve("folder.ready"));
        Files.writeString(mount.root().resolve(TWO + ".json.tmp"), "{}");
        Files.writeString(mount.root().resolve("." + TWO + ".json"), "{}");
        Files.writeString(mount.root().resolve(".ready"), "");
        Files.writeString(mount.root().resolve("cover.jpg"), "x");
        Path outside = Files.writeString(ScannerLibraries.mount().resolve("outside-" + TWO), "{}");
        Files.createSymbolicLink(mount.root().resolve("link.json"), outside);
        mount.manifest(ONE);

        ScanRun run = mount.library().fullScan();

        assertThat(run.getFilesSeen()).isEqualTo(1);
        assertThat(mount.looks())
                .extracting(look -> look.getName().toStringUtf8())
                .containsOnly(ONE);
        assertThat(mount.library().told()).as("observations of files").isEmpty();
        Files.delete(outside);
    }

    @Test
    void odd_names_are_told_as_bytes_under_keys_of_plain_signs() throws IOException {
        RawPath root = RawPath.of(mount.root());
        byte[] notUtf8 = {'o', (byte) 0xFF, ' ', '%', '.', 'j', 's', 'o', 'n'};
        Files.writeString(RawPath.of(notUtf8).under(root), "{}");
        Files.writeString(RawPath.of("a.json.ready").under(root), "");
        Files.writeString(RawPath.of("n".repeat(249) + ".ready").under(root), "");

        mount.library().fullScan();

        assertThat(mount.looks())
                .extracting(look -> RawPath.of(look.getName().toByteArray()))
                .contains(
                        RawPath.of(new byte[] {'o', (byte) 0xFF, ' ', '%'}),
                        RawPath.of("a.json"),
                        RawPath.of("n".repeat(249)));
        assertThat(mount.keys())
                .contains(mount.library().id() + "/o%FF%20%25", mount.library().id() + "/a.json");
    }

    @Test
    void a_mount_that_was_moved_away_or_is_another_directory_tells_nothing() throws IOException {
        mount.manifest(ONE);
        mount.sentinel(ONE);
        mount.library().fullScan();
        List<BundleLook> before = mount.looks();
        Path aside = ScannerLibraries.mount().resolve("aside-" + mount.library().name());

        Files.move(mount.root(), aside);
        assertThat(mount.library().fullScan().getState()).isEqualTo(ScanState.SCAN_STATE_VOID);
        assertStale("is not there");

        Files.createDirectory(mount.root());
        assertThat(mount.library().fullScan().getState()).isEqualTo(ScanState.SCAN_STATE_VOID);
        assertStale("is empty although files of it are known");

        Files.writeString(mount.root().resolve("README.txt"), "");
        assertThat(mount.library().fullScan().getState()).isEqualTo(ScanState.SCAN_STATE_VOID);
        assertStale("neither a bundle nor a payload folder");
        assertThat(mount.looks()).isEqualTo(before);

        TestFiles.delete(mount.root());
        Files.move(aside, mount.root());
        ScanRun back = mount.library().quickScan();
        assertThat(back.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETED);
        assertThat(mount.looks().getLast().getAsked()).isTrue();
        assertThat(mount.library().view().getState().getHealth().getState()).isEqualTo(HealthState.HEALTH_STATE_ONLINE);
    }

    @Test
    void nothing_is_ever_written_under_the_mount() throws IOException {
        Files.createDirectories(mount.root().resolve(ONE + "/photos"));
        Files.writeString(mount.root().resolve(ONE + "/photos/a.jpg"), "x");
        mount.manifest(ONE);
        mount.sentinel(ONE);
        Map<String, String> before = TestFiles.fingerprint(mount.root());

        mount.library().fullScan();
        mount.library().quickScan();
        mount.awaitLooks(2);

        assertThat(TestFiles.fingerprint(mount.root())).isEqualTo(before);
    }

    @Test
    void what_stands_there_is_metered() throws IOException {
        mount.manifest(ONE);
        mount.sentinel(ONE);
        mount.manifest(TWO);
        mount.sentinel("orphan");
        mount.awaitLooks(3);

        Awaitility.await().untilAsserted(() -> {
            assertThat(gauge("released")).isEqualTo(1);
            assertThat(gauge("unreleased")).isEqualTo(1);
            assertThat(gauge("without_manifest")).isEqualTo(1);
        });
        assertThat(meters.get("sluice.handover.looks.told")
                        .tags("library", mount.library().name(), "cause", "news")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(3);
    }

    private double gauge(String state) {
        return meters.get("sluice.handover.bundles")
                .tags("library", mount.library().name(), "state", state)
                .gauge()
                .value();
    }

    /** Waits until that many looks are told, and says which files the last one has. */
    private String last(int count) {
        List<BundleLook> looks = mount.awaitLooks(count);
        assertThat(looks).hasSize(count);
        BundleLook last = looks.getLast();
        return ((last.hasManifest() ? "manifest " : "") + (last.hasSentinel() ? "sentinel" : "")).strip();
    }

    private void assertStale(String why) {
        assertThat(mount.library().view().getState().getHealth()).satisfies(health -> {
            assertThat(health.getState()).isEqualTo(HealthState.HEALTH_STATE_STALE);
            assertThat(health.getReason()).contains(why);
        });
    }

    /** Waits until a tick has seen what two writes in a row may have told one after the other. */
    private void settle() {
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        LibraryUnderTest.awaitSent();
    }
}
