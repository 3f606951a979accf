package io.sluice.ingest.importjob;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.ingest.handover.PayloadFolder;
import io.sluice.ingest.handover.PayloadFolder.Payload;
import io.sluice.ingest.provenance.AnalysisFile;
import io.sluice.ingest.provenance.SourceFiles;

/**
 * Reads an item's source folder: {@code source.json} and the files of {@code data/}. What is missing there is nobody's
 * mistake; what is too large, too much or a link is left out with a word.
 */
final class ReadSources {

    private static final String SOURCE = "source.json";
    private static final String DATA = "data";

    private final int largest;
    private final int most;

    ReadSources(ImportConfig config) {
        this.largest = config.largestSourceFile();
        this.most = config.mostSourceFiles();
    }

    /** @throws CodedException {@code PATH_ESCAPES} when the folder is not inside the payload, {@code FILE_UNREADABLE} */
    SourceFiles read(PayloadFolder payload, byte @Nullable [] folder) {
        if (folder == null || folder.length == 0) {
            return SourceFiles.NONE;
        }
        List<String> leftOut = new ArrayList<>();
        byte[] source = one(payload, join(folder, SOURCE), SOURCE, leftOut);
        List<AnalysisFile> analyses = new ArrayList<>();
        List<String> names = payload.names(join(folder, DATA), most + 1);
        if (names.size() > most) {
            leftOut.add("Its data folder has more than " + most + " files; only so many are kept"
                    + " (sluice.import.most-source-files).");
        }
        for (String name : names.subList(0, Math.min(most, names.size()))) {
            byte[] body = one(payload, join(folder, DATA + "/" + name), name, leftOut);
            if (body != null) {
                analyses.add(new AnalysisFile(AnalysisFile.kindOf(name), body));
            }
        }
        return new SourceFiles(
                source == null ? null : new String(source, StandardCharsets.UTF_8), List.copyOf(analyses), leftOut);
    }

    private byte @Nullable [] one(PayloadFolder payload, byte[] path, String name, List<String> leftOut) {
        return switch (payload.find(path)) {
            case Payload.File file -> bytes(file, name, leftOut);
            case Payload.Missing _ -> null;
            case Payload.Escapes(String sentence) ->
                throw new CodedException(ErrorCode.PATH_ESCAPES, "Of its source folder: " + sentence);
            case Payload.Unreadable(String sentence) -> throw new CodedException(ErrorCode.FILE_UNREADABLE, sentence);
        };
    }

    private byte @Nullable [] bytes(Payload.File file, String name, List<String> leftOut) {
        try {
            byte[] bytes = read(file.path());
            if (bytes == null) {
                leftOut.add(name + " is larger than " + largest + " bytes and was left out; raise"
                        + " sluice.import.largest-source-file to take it.");
            }
            return bytes;
        } catch (IOException e) {
            throw new CodedException(ErrorCode.FILE_UNREADABLE, name + " of its source folder cannot be read: " + e, e);
        }
    }

    private byte @Nullable [] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] piece = new byte[64 << 10];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                bytes.write(piece, 0, read);
                if (bytes.size() > largest) {
                    return null;
                }
            }
            return bytes.toByteArray();
        }
    }

    private static byte[] join(byte[] folder, String name) {
        byte[] tail = ("/" + name).getBytes(StandardCharsets.UTF_8);
        byte[] joined = new byte[folder.length + tail.length];
        System.arraycopy(folder, 0, joined, 0, folder.length);
        System.arraycopy(tail, 0, joined, folder.length, tail.length);
        return joined;
    }
}
