package io.sluice.e2e.nemesis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the rendition store against what media says of them. */
final class StoreChecked {

    private static final int RIFF_HEAD = 12;

    private final Stage stage;

    StoreChecked(Stage stage) {
        this.stage = stage;
    }

    /** What is ready is there, as many bytes as it says, and whole by its own format. */
    List<String> whole() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String[] rendition : new ShownState(stage.client().stateLines()).allRenditions()) {
            if (!rendition[3].equals("ready")) {
                continue;
            }
            Path folder = folder(rendition[1]);
            Path tree = folder.resolve(rendition[2]);
            List<Path> files = Files.isDirectory(folder) ? named(folder, rendition[2]) : List.of();
            if (Files.isDirectory(tree)) {
                long bytes = inspectStream(tree, wrong);
                if (bytes != Long.parseLong(rendition[4])) {
                    wrong.add(tree + " has " + bytes + " bytes, not " + rendition[4]);
                }
            } else if (files.size() != 1) {
                wrong.add("ready, and " + files.size() + " files of it: " + String.join(" ", rendition));
            } else {
                inspect(files.getFirst(), Long.parseLong(rendition[4]), wrong);
            }
        }
        return FilesChecked.few(wrong);
    }

    /** What was delivered has no extension. */
    private static List<Path> named(Path folder, String label) throws IOException {
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.equals(label) || name.startsWith(label + ".");
                    })
                    .toList();
        }
    }

    private static void inspect(Path file, long bytes, List<String> wrong) throws IOException {
        if (Files.size(file) != bytes) {
            wrong.add(file + " has " + Files.size(file) + " bytes, not " + bytes);
        }
        if (file.toString().endsWith(".webp")) {
            byte[] content = Files.readAllBytes(file);
            boolean riff = content.length > RIFF_HEAD
                    && new String(content, 0, 4, US_ASCII).equals("RIFF")
                    && new String(content, 8, 4, US_ASCII).equals("WEBP");
            long claimed = riff
                    ? Integer.toUnsignedLong(ByteBuffer.wrap(content)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getInt(4))
                            + 8
                    : -1;
            if (claimed != content.length) {
                wrong.add(file + " is no whole WebP");
            }
        }
    }

    private static long inspectStream(Path tree, List<String> wrong) throws IOException {
        Path playlist = tree.resolve("playlist.m3u8");
        if (!Files.isRegularFile(playlist)) {
            wrong.add(tree + " has no playlist");
            return -1;
        }
        List<String> lines = Files.readAllLines(playlist);
        if (lines.isEmpty() || !lines.getLast().equals("#EXT-X-ENDLIST")) {
            wrong.add(playlist + " has no end");
        }
        lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .filter(line -> !Files.isRegularFile(tree.resolve(line)))
                .forEach(line -> wrong.add(playlist + " names " + line + ", which is not there"));
        long bytes = 0;
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** No folder of a stream in the making, and no mark of one. */
    List<String> nothingGrows() throws IOException {
        Path marks = root().resolve(".growing");
        try (Stream<Path> files = Files.walk(root(), 3)) {
            return FilesChecked.few(
                    files.filter(file -> file.getFileName().toString().startsWith(".hls")
                                    || file.startsWith(marks) && !file.equals(marks))
                            .map(Path::toString)
                            .toList());
        }
    }

    /** What writers that died have left, and no sweep has found yet. */
    List<Path> temporaryFiles() throws IOException {
        Path folder = root().resolve(".tmp");
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** SHA-256 by path, of the files of those assets. */
    Map<String, String> digests(Set<String> hashes) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String hash : hashes) {
            if (Files.isDirectory(folder(hash))) {
                try (Stream<Path> files = Files.walk(folder(hash))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        digests.put(root().relativize(file).toString(), sha256(file));
                    }
                }
            }
        }
        return digests;
    }

    private Path root() {
        return stage.stack().folder().store();
    }

    private Path folder(String hash) {
        return root().resolve(hash.substring(0, 2)).resolve(hash);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
