package io.sluice.gateway.asset;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.gateway.library.LibraryRoots;
import io.sluice.gateway.web.PathText;

/**
 * Where bytes of an asset lie.
 *
 * @param library name of the library; null when it is not configured any more
 * @param path below the library, for display and search
 * @param pathB64 the exact bytes of the path, only when they are not UTF-8
 * @param present whether the file was there at the last look
 */
public record LocationRepresentation(
        String libraryId,
        @Schema(examples = "Pictures") @Nullable String library,
        @Schema(examples = "2024/07/IMG_0412.jpg") String path,
        @Nullable String pathB64,
        boolean present,
        long size,
        Instant modifiedAt) {

    static LocationRepresentation of(FileLocation location, LibraryRoots roots) {
        PathText path = PathText.of(location.getPath());
        return new LocationRepresentation(
                location.getLibraryId(),
                roots.withId(location.getLibraryId()).map(LibraryState::getName).orElse(null),
                path.text(),
                path.base64(),
                location.getPresent(),
                location.getStat().getSize(),
                FileTime.from(location.getStat().getMtimeNs(), NANOSECONDS).toInstant());
    }
}
