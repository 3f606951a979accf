package io.sluice.gateway.library;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.scanner.v1.LibraryKind;
import io.sluice.contract.scanner.v1.LibraryState;
import io.sluice.contract.scanner.v1.LibraryView;
import io.sluice.contract.scanner.v1.ListLibrariesRequest;
import io.sluice.contract.scanner.v1.ScanKind;
import io.sluice.contract.scanner.v1.StartScanRequest;
import io.sluice.gateway.upstream.Upstreams;

/** Asks the scanner for scans, and says in the audit log who did. Asking again while one waits is the same scan. */
@ApplicationScoped
public class StartScans {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Upstreams upstreams;
    private final SecurityIdentity identity;

    StartScans(Upstreams upstreams, SecurityIdentity identity) {
        this.upstreams = upstreams;
        this.identity = identity;
    }

    /**
     * Looks at every bundle of one handover library or, without a name, of all that are wanted now.
     *
     * @param idOrName null for all
     * @return one operation a library, by name; never empty
     * @throws CodedException {@code NOT_FOUND} when there is no such library; {@code INVALID_REQUEST} when it is not one
     *     of kind handover
     */
    public List<OperationRepresentation> ofHandovers(@Nullable String idOrName) {
        List<LibraryState> known = upstreams
                .scanner(scanner -> scanner.listLibraries(ListLibrariesRequest.getDefaultInstance()))
                .getLibrariesList()
                .stream()
                .map(LibraryView::getState)
                .toList();
        return chosen(known, idOrName).stream()
                .map(library -> upstreams.part(
                        library.getLibraryId(), () -> start(library.getLibraryId(), ScanKind.SCAN_KIND_FULL)))
                .toList();
    }

    OperationRepresentation start(String libraryId, ScanKind kind) {
        String scanId = upstreams
                .scanner(scanner -> scanner.startScan(StartScanRequest.newBuilder()
                        .setLibraryId(libraryId)
                        .setKind(kind)
                        .build()))
                .getScanId();
        AUDIT.infof(
                "scan asked for by=%s library=%s kind=%s scan=%s",
                identity.getPrincipal().getName(), libraryId, kind, scanId);
        return OperationRepresentation.waiting(scanId, libraryId);
    }

    private static List<LibraryState> chosen(List<LibraryState> known, @Nullable String idOrName) {
        List<LibraryState> handovers = known.stream()
                .filter(library -> library.getKind() == LibraryKind.LIBRARY_KIND_HANDOVER)
                .filter(library -> idOrName == null ? library.getEnabled() : isNamed(library, idOrName))
                .toList();
        if (!handovers.isEmpty()) {
            return handovers;
        }
        if (idOrName == null) {
            throw new CodedException(
                    ErrorCode.NOT_FOUND,
                    "There is no handover library that is enabled. Configure one (./sluice up --handover DIR), or enable it.");
        }
        if (known.stream().anyMatch(library -> isNamed(library, idOrName))) {
            throw new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "This library holds files, not handover bundles; scan it with POST /api/v1/libraries/{id}/scans.");
        }
        throw new CodedException(
                ErrorCode.NOT_FOUND, "No library has this id or name; GET /api/v1/libraries lists them.");
    }

    private static boolean isNamed(LibraryState library, String idOrName) {
        return library.getLibraryId().equals(idOrName) || library.getName().equals(idOrName);
    }
}
