package io.sluice.scanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * Gives the application under test a mount with many empty libraries and handover mounts, so that every test has one to itself. Scans come
 * only when they are asked for, apart from the first of each.
 */
public final class ScannerLibraries implements QuarkusTestResourceLifecycleManager {

    static final int COUNT = 40;
    static final int HANDOVER_COUNT = 12;

    /** Where a library of this name has its root. */
    static Path rootOf(String library) {
        return mount().resolve(library);
    }

    public static Path mount() {
        return Path.of(System.getProperty("sluice.test.mount"));
    }

    static String name(int number) {
        return "lib-%02d".formatted(number);
    }

    static String handoverName(int number) {
        return "sync-%02d".formatted(number);
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        try {
            // Not under target: user nobody must get there.
            Path mount = Files.createTempDirectory("sluice-scanner-it");
            Files.setPosixFilePermissions(mount, PosixFilePermissions.fromString("rwxr-xr-x"));
            mount.toFile().deleteOnExit();
            System.setProperty("sluice.test.mount", mount.toString());
            settings.put("sluice.mounts.test", mount.toString());
            for (int number : IntStream.range(0, COUNT).toArray()) {
                Files.createDirectory(mount.resolve(name(number)));
                settings.put("sluice.libraries.\"" + name(number) + "\".mount", "test");
                settings.put("sluice.libraries.\"" + name(number) + "\".path", name(number));
            }
            settings.put("sluice.libraries.missing.mount", "test");
            settings.put("sluice.libraries.missing.path", "missing");
            settings.put("sluice.libraries.unwanted.mount", "test");
            settings.put("sluice.libraries.unwanted.path", "unwanted");
            settings.put("sluice.libraries.unwanted.enabled", "false");
            for (int number : IntStream.range(0, HANDOVER_COUNT).toArray()) {
                Files.createDirectory(mount.resolve(handoverName(number)));
                settings.put("sluice.libraries.\"" + handoverName(number) + "\".mount", "test");
                settings.put("sluice.libraries.\"" + handoverName(number) + "\".path", handoverName(number));
                settings.put("sluice.libraries.\"" + handoverName(number) + "\".kind", "handover");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("sluice.excluded-dirs", "cache");
        settings.put("sluice.scan.quick-interval", "1h");
        settings.put("sluice.scan.full-interval", "24h");
        settings.put("sluice.scan.stable-after", "1s");
        settings.put("sluice.scan.look-again-after", "1s");
        return settings;
    }

    @Override
    public void stop() {
        try {
            TestFiles.delete(mount());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
