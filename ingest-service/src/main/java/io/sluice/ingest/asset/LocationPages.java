package io.sluice.ingest.asset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.ListLocationsRequest;
import io.sluice.contract.ingest.v1.ListLocationsResponse;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.Locations;
import io.sluice.ingest.location.Locations.Position;

/** Lists all locations of an asset; a cursor is bound to the asset. */
@ApplicationScoped
class LocationPages {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final Locations locations;

    LocationPages(Locations locations) {
        this.locations = locations;
    }

    ListLocationsResponse list(Handle handle, ListLocationsRequest request) {
        ContentHash hash = ContentHash.of(request.getContentHash());
        int limit = request.getLimit() == 0 ? DEFAULT_LIMIT : Math.clamp(request.getLimit(), 1, MAX_LIMIT);
        Position after = request.getCursor().isEmpty() ? null : read(hash, request.getCursor());
        List<FileLocation> found = locations.page(handle, hash, after, limit + 1);
        ListLocationsResponse.Builder page = ListLocationsResponse.newBuilder();
        found.subList(0, Math.min(limit, found.size()))
                .forEach(location -> page.addLocations(AssetStates.told(location)));
        if (found.size() > limit) {
            page.setNextCursor(write(hash, Position.of(found.get(limit - 1))));
        }
        return page.build();
    }

    private static String write(ContentHash hash, Position position) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(hash.bytes(), 0, 4);
            out.writeByte(position.standing());
            out.writeUTF(position.libraryId());
            out.writeLong(position.id());
            out.write(position.pathStart());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Position read(ContentHash hash, String cursor) {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(cursor)))) {
            byte[] asset = in.readNBytes(4);
            if (!Arrays.equals(asset, Arrays.copyOf(hash.bytes(), 4))) {
                throw refused("belongs to another asset", null);
            }
            int standing = in.readByte();
            String library = in.readUTF();
            long id = in.readLong();
            return new Position(standing, library, in.readAllBytes(), id);
        } catch (IOException | IllegalArgumentException e) {
            throw refused("is none of ours", e);
        }
    }

    private static CodedException refused(String why, @Nullable Throwable cause) {
        return new CodedException(
                ErrorCode.INVALID_REQUEST,
                "The cursor " + why + ". Give back next_cursor unchanged for the same asset, or start without one.",
                cause);
    }
}
