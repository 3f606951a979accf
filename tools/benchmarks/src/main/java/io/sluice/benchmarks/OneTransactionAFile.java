package io.sluice.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.codec.digest.Blake3;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;

/** The common way: one thread, a file at a time, hash it, read its header, write its rows, commit. */
final class OneTransactionAFile {

    private final Connection connection;

    OneTransactionAFile(Connection connection) {
        this.connection = connection;
    }

    /** Takes the first {@code count} files in and says how long that took. */
    Duration takeIn(Path root, int count) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE asset (id BIGINT AUTO_INCREMENT PRIMARY KEY, content_hash BINARY(32) NOT NULL UNIQUE,"
                            + " size BIGINT NOT NULL, tags INT NOT NULL)");
            statement.execute(
                    "CREATE TABLE location (id BIGINT AUTO_INCREMENT PRIMARY KEY, path VARBINARY(700) NOT NULL UNIQUE,"
                            + " size BIGINT NOT NULL, mtime BIGINT NOT NULL, content_hash BINARY(32) NOT NULL, INDEX (content_hash))");
        }
        connection.setAutoCommit(false);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(Files::isRegularFile).limit(count).toList();
        }
        long start = System.nanoTime();
        try (PreparedStatement asset = connection.prepareStatement(
                        "INSERT IGNORE INTO asset (content_hash, size, tags) VALUES (?, ?, ?)");
                PreparedStatement location = connection.prepareStatement(
                        "INSERT INTO location (path, size, mtime, content_hash) VALUES (?, ?, ?, ?)")) {
            for (Path file : files) {
                takeIn(root, file, asset, location);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void takeIn(Path root, Path file, PreparedStatement asset, PreparedStatement location)
            throws IOException, SQLException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] hash = Blake3.hash(bytes);
        asset.setBytes(1, hash);
        asset.setLong(2, bytes.length);
        asset.setInt(3, tags(bytes));
        asset.executeUpdate();
        location.setBytes(1, root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        location.setLong(2, bytes.length);
        location.setLong(3, Files.getLastModifiedTime(file).toMillis());
        location.setBytes(4, hash);
        location.executeUpdate();
        connection.commit();
    }

    private static int tags(byte[] bytes) throws IOException {
        try {
            return ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes))
                    .getDirectoryCount();
        } catch (ImageProcessingException e) {
            return 0;
        }
    }
}
