package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.codec.digest.Blake3;

/** What the library must hold, told from the files alone. */
final class Oracle {

    private static final Pattern PICTURE = Pattern.compile(".*\\.(jpg|mp4|avi)");

    /** Covers and what lies beside a video are no files of the library. */
    private static final Pattern DELIVERED =
            Pattern.compile("[0-9a-f-]{36}/(photos/[0-9a-f]{32}\\.jpg|videos/[0-9a-f]{32}/video\\.mp4)");

    private Oracle() {}

    /** Content hash by {@code <library> <path>}. */
    static Map<String, String> of(Stage stage) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        add(stage.pictures(), PICTURE, hashes);
        add(stage.bundles(), DELIVERED, hashes);
        return hashes;
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Blake3.hash(bytes));
    }

    private static void add(Mount mount, Pattern wanted, Map<String, String> hashes) throws IOException {
        try (Stream<Path> tree = Files.walk(mount.root())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = mount.root().relativize(file).toString();
                if (wanted.matcher(path).matches()) {
                    hashes.put(mount.name() + " " + path, hash(Files.readAllBytes(file)));
                }
            }
        }
    }
}
