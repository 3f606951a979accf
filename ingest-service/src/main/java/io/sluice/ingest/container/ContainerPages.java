package io.sluice.ingest.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.ListContainerAssetsRequest;
import io.sluice.contract.ingest.v1.ListContainerAssetsResponse;
import io.sluice.contract.ingest.v1.ListContainersRequest;
import io.sluice.contract.ingest.v1.ListContainersResponse;
import io.sluice.ingest.asset.AssetsByHash;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.listing.ListCursor;

/** Lists galleries and collections by title, and the assets that are in one, in their order. */
@ApplicationScoped
public class ContainerPages {

    /** A page ends before it is larger than a gRPC message may be (4 MiB); its cursor goes on from there. */
    private static final int MAX_BYTES = 3 << 20;

    private final Containers containers;
    private final Members members;
    private final AssetsByHash assets;

    ContainerPages(Containers containers, Members members, AssetsByHash assets) {
        this.containers = containers;
        this.members = members;
        this.assets = assets;
    }

    /** A place in a list by title. @param title what an index can hold of it */
    private record Place(String title, String id) {

        static Place read(ContainerKind kind, String cursor) {
            if (cursor.isEmpty()) {
                return new Place("", "");
            }
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int first = text.indexOf('/');
                if (!text.substring(0, first).equals("containers " + kind.getNumber())) {
                    throw refused();
                }
                int second = text.indexOf('/', first + 1);
                String id = UUID.fromString(text.substring(first + 1, second)).toString();
                return new Place(text.substring(second + 1), id);
            } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                throw refused();
            }
        }

        String write(ContainerKind kind) {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("containers " + kind.getNumber() + "/" + id + "/" + title)
                            .getBytes(StandardCharsets.UTF_8));
        }

        private static CodedException refused() {
            return new CodedException(
                    ErrorCode.INVALID_REQUEST,
                    "The cursor is none of this list. Give back next_cursor unchanged with the same filters, or start"
                            + " without one.");
        }
    }

    private record Listed(Container container, String titleStart) {}

    /** @throws CodedException {@code INVALID_REQUEST} */
    public ListContainersResponse list(Handle handle, ListContainersRequest request) {
        ContainerKind kind = request.getKind();
        if (kind == ContainerKind.CONTAINER_KIND_UNSPECIFIED || kind == ContainerKind.UNRECOGNIZED) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "Ask for galleries or for collections");
        }
        int limit = ListCursor.limit(request.getLimit());
        Place from = Place.read(kind, request.getCursor());
        List<Listed> found = new ArrayList<>();
        // One range a statement: of two in one the server may take fright and read the whole list.
        for (String range : List.of("c.title_start = :title AND c.id > :id", "c.title_start > :title")) {
            if (found.size() <= limit) {
                found.addAll(part(handle, kind, from, range, limit + 1 - found.size()));
            }
        }
        ListContainersResponse.Builder page = ListContainersResponse.newBuilder();
        List<Container> shown =
                found.stream().limit(limit).map(Listed::container).toList();
        Map<String, Long> linked =
                members.counts(handle, shown.stream().map(Container::id).toList());
        shown.forEach(container -> page.addContainers(TellContainers.state(
                container, new Members.Linked(linked.getOrDefault(container.id(), 0L), List.of()))));
        if (found.size() > limit) {
            Listed last = found.get(limit - 1);
            page.setNextCursor(new Place(last.titleStart(), last.container().id()).write(kind));
        }
        return page.build();
    }

    private static List<Listed> part(Handle handle, ContainerKind kind, Place from, String range, int limit) {
        return handle.createQuery("SELECT c.title_start, " + Containers.COLUMNS
                        + " FROM container c FORCE INDEX (by_title) WHERE c.kind = :kind AND " + range
                        + " ORDER BY c.title_start, c.id LIMIT :limit")
                .bind("kind", kind.getNumber())
                .bind("title", from.title())
                .bind("id", from.id())
                .bind("limit", limit)
                .map((row, context) -> new Listed(Containers.ROW.map(row, context), row.getString("title_start")))
                .list();
    }

    /** @throws CodedException {@code NOT_FOUND} with the cure */
    public ContainerState get(Handle handle, String containerId) {
        Container container = known(handle, containerId);
        return TellContainers.state(container, members.linked(handle, containerId, TellContainers.MOST_MEMBERS));
    }

    /** @throws CodedException {@code NOT_FOUND}, {@code INVALID_REQUEST} */
    public ListContainerAssetsResponse assets(Handle handle, ListContainerAssetsRequest request) {
        Container container = known(handle, request.getContainerId());
        String list = "assets of " + container.id();
        int limit = ListCursor.limit(request.getLimit());
        long after = ListCursor.read(list, request.getCursor(), -1)[0];
        List<Member> found = members.linkedAfter(handle, container.id(), after, limit + 1);
        Map<ContentHash, AssetState> states = new HashMap<>();
        assets.states(
                        handle,
                        found.stream()
                                .map(Member::content)
                                .filter(Objects::nonNull)
                                .toList())
                .forEach(state -> states.put(ContentHash.of(state.getContentHash()), state));
        ListContainerAssetsResponse.Builder page = ListContainerAssetsResponse.newBuilder();
        int bytes = 0;
        int shown = 0;
        for (Member member : found) {
            AssetState state = states.get(Objects.requireNonNull(member.content()));
            bytes += state == null ? 0 : state.getSerializedSize();
            if (shown == limit || (shown > 0 && bytes > MAX_BYTES)) {
                return page.setNextCursor(
                                ListCursor.write(list, found.get(shown - 1).position()))
                        .build();
            }
            shown++;
            if (state != null) {
                page.addAssets(state);
            }
        }
        return page.build();
    }

    private Container known(Handle handle, String containerId) {
        return containers
                .find(handle, containerId)
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND,
                        "No gallery or collection has the id " + containerId + ". List them to find one."));
    }
}
