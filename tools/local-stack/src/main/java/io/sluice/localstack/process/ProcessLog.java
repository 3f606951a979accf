package io.sluice.localstack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.sluice.localstack.StackException;

/** A log that is appended to over restarts; one older file is kept beside it. */
record ProcessLog(Path file) {

    /** Ample for a post-mortem, small on a laptop. */
    private static final long ROTATE_AT_BYTES = 20L << 20;

    private static final int TAIL_BYTES = 4096;

    /** Makes the folder, and sets a log that has grown large aside. */
    void startNew() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) > ROTATE_AT_BYTES) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackException("Cannot write the log " + file + ": " + e, e);
        }
    }

    /** The last few lines, for an error message. */
    String tail() {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - TAIL_BYTES));
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, in.length())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip().indent(4);
        } catch (IOException e) {
            return "    (unreadable: " + e.getMessage() + ")";
        }
    }
}
