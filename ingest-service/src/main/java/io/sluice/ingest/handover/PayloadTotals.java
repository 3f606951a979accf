package io.sluice.ingest.handover;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a manifest claims in all, held against what lies there. Sentences to warn with; nothing fails for them. */
final class PayloadTotals {

    private final int most;
    private long files;
    private long bytes;
    private boolean unknown;

    private PayloadTotals(int most) {
        this.most = most;
    }

    /**
     * @param entries of the manifest
     * @param folder of the payload; null when there is none
     * @param most files that are counted
     */
    static List<String> warnings(ManifestClaims claims, int entries, @Nullable Path folder, int most) {
        List<String> warnings = new ArrayList<>();
        if (claims.itemCount() != entries) {
            warnings.add("The manifest says item_count " + claims.itemCount() + " and has " + entries + " items.");
        }
        if (folder == null) {
            warnings.add("There is no payload folder beside the manifest.");
            return warnings;
        }
        if (claims.totalBytes() > 0 || claims.verifiedFiles() > 0) {
            warnings.addAll(new PayloadTotals(most).count(folder).differences(claims));
        }
        return warnings;
    }

    private PayloadTotals count(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files++;
                    bytes += attributes.isRegularFile() ? attributes.size() : 0;
                    return files > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    unknown = true;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                    unknown |= failure != null;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            unknown = true;
        }
        return this;
    }

    private List<String> differences(ManifestClaims claims) {
        if (files > most) {
            return List.of("The payload has more than " + most
                    + " files (sluice.handover.counted-files), so its totals were not compared.");
        }
        if (unknown) {
            return List.of("Parts of the payload could not be looked at, so its totals were not compared.");
        }
        List<String> differences = new ArrayList<>();
        if (claims.totalBytes() > 0 && claims.totalBytes() != bytes) {
            differences.add("The manifest says total_bytes " + claims.totalBytes() + "; the payload has " + bytes
                    + " bytes in " + files + " files.");
        }
        if (claims.verifiedFiles() > 0 && claims.verifiedFiles() != files) {
            differences.add("The manifest says verification.total_files " + claims.verifiedFiles()
                    + "; the payload has " + files + " files.");
        }
        return differences;
    }
}
