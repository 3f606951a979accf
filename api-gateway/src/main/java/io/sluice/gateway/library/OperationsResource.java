package io.sluice.gateway.library;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ScanRun;
import io.sluice.gateway.security.Role;
import io.sluice.gateway.upstream.Upstreams;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What became of work that was asked for. For now that is scans, and the scanner keeps the newest of each kind. */
@Path("/operations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperationsResource {

    /** A scan that was asked for longer ago than this and does not show was replaced by later ones, or never was. */
    private static final Duration MAY_STILL_WAIT = Duration.ofMinutes(15);

    private final Upstreams upstreams;
    private final Clock clock = Clock.systemUTC();

    OperationsResource(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Role.Names.VIEWER)
    @Operation(summary = "State, progress and result of work that was asked for")
    public OperationRepresentation get(String id) {
        Instant asked = askedAt(id).orElseThrow(() -> unknown(id));
        return upstreams
                .scanner(scanner -> scanner.listLibraries(ListLibrariesRequest.getDefaultInstance()))
                .getLibrariesList()
                .stream()
                .flatMap(library -> runs(library)
                        .filter(run -> run.getScanId().equals(id))
                        .map(run -> OperationRepresentation.of(library, run)))
                .findFirst()
                .or(() -> asked.isAfter(clock.instant().minus(MAY_STILL_WAIT))
                        ? Optional.of(OperationRepresentation.waiting(id))
                        : Optional.empty())
                .orElseThrow(() -> unknown(id));
    }

    private static Stream<ScanRun> runs(LibraryView library) {
        return Stream.of(library.getRunningScan(), library.getLastQuickScan(), library.getLastFullScan())
                .filter(run -> !run.getScanId().isEmpty());
    }

    /** A UUIDv7 tells when it was made: its first 48 bits are milliseconds since 1970 (RFC 9562). */
    private static Optional<Instant> askedAt(String id) {
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.version() == 7 && uuid.toString().equals(id)
                    ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                    : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static CodedException unknown(String id) {
        return new CodedException(
                ErrorCode.NOT_FOUND,
                "No operation \"" + id
                        + "\" is known. Of scans, each library keeps the running one and the last of each"
                        + " kind; GET /api/v1/libraries shows them.");
    }
}
