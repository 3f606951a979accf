package io.sluice.ingest.handover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.sluice.ingest.handover.ManifestProblem.TooLarge;
import io.sluice.ingest.identity.ExternalHash;
import io.sluice.ingest.location.RelativePath;

/** One entry of a manifest being read. Used once. */
final class ItemParse {

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_MIME = 127;
    private static final int LONGEST_TITLE = 1000;
    private static final int MOST_EXTRA = 64 << 10;

    private final int position;
    private final int mostMembers;
    private final UnknownFields unknown = new UnknownFields(MOST_EXTRA);

    private String assetType = "";
    private String assetSubtype = "";
    private @Nullable ExternalHash externalHash;
    private @Nullable ExternalHash parentHash;
    private @Nullable ExternalHash coverHash;
    private byte @Nullable [] path;
    private @Nullable Long bytes;
    private String mime = "";
    private String title = "";
    private byte @Nullable [] source;
    private List<ExternalHash> members = List.of();
    private Deliverables deliverables = Deliverables.NONE;

    ItemParse(int position, int mostMembers) {
        this.position = position;
        this.mostMembers = mostMembers;
    }

    /** The parser stands on its first token, and in the end on its last. */
    ManifestItem item(JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        values.expect(JsonToken.START_OBJECT, "an object");
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            UnknownFields.countField(fields, parser);
            String name = parser.currentName();
            parser.nextToken();
            field(name, parser, values);
        }
        String here = "/items/" + position;
        if (assetType.isEmpty()) {
            throw JsonValues.missing(here + "/asset_type");
        }
        if (externalHash == null) {
            throw JsonValues.missing(here + "/asset_hash");
        }
        if (path == null && Set.of("photo", "video", "cover").contains(assetType)) {
            throw JsonValues.missing(here + "/path");
        }
        return new ManifestItem(
                position,
                assetType,
                assetSubtype,
                externalHash,
                parentHash,
                coverHash,
                path,
                bytes,
                mime,
                title,
                source,
                members,
                deliverables,
                unknown.json());
    }

    private void field(String name, JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        switch (name) {
            case "asset_type" -> assetType = values.text(LONGEST_WORD);
            case "asset_subtype" -> assetSubtype = values.text(LONGEST_WORD);
            case "asset_hash" -> externalHash = values.requiredHash();
            case "parent_hash" -> parentHash = values.hash();
            case "cover_hash" -> coverHash = values.hash();
            case "path" -> path = values.path(RelativePath.MAX_BYTES);
            case "bytes" -> bytes = values.count();
            case "mime" -> mime = values.text(LONGEST_MIME);
            case "title" -> title = title(values);
            case "source" -> source = values.path(RelativePath.MAX_BYTES);
            case "members" -> members = members(parser, values);
            case "deliverables" -> deliverables = deliverables(parser, values);
            default -> unknown.keep(name, parser);
        }
    }

    /** What the column has no room for stays with what has no column. */
    private String title(JsonValues values) throws IOException, ManifestRefused {
        String whole = values.text(MOST_EXTRA / 2);
        String fitting = BatchRows.cut(whole, LONGEST_TITLE);
        if (fitting.length() < whole.length()) {
            unknown.keep("title", whole);
        }
        return fitting;
    }

    /** Those that nobody knows stay with what has no column, under the same name. */
    private Deliverables deliverables(JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Deliverables.NONE;
        }
        values.expect(JsonToken.START_OBJECT, "an object");
        UnknownFields others = new UnknownFields(MOST_EXTRA);
        Long duration = null;
        Map<Deliverable, String> paths = new EnumMap<>(Deliverable.class);
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            UnknownFields.countField(fields, parser);
            String name = parser.currentName();
            parser.nextToken();
            Optional<Deliverable> known = Deliverable.ofField(name);
            if (known.isPresent()) {
                byte[] read = values.path(RelativePath.MAX_BYTES);
                if (read != null) {
                    paths.put(known.get(), new String(read, StandardCharsets.UTF_8));
                }
            } else if (name.equals("duration_ms")) {
                duration = values.count();
            } else {
                others.keep(name, parser);
            }
        }
        String rest = others.json();
        if (rest != null) {
            unknown.keepJson("deliverables", rest);
        }
        return new Deliverables(duration, Map.copyOf(paths));
    }

    private List<ExternalHash> members(JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        values.expect(JsonToken.START_ARRAY, "an array");
        List<ExternalHash> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (read.size() == mostMembers) {
                throw new ManifestRefused(new TooLarge(
                        "/items/" + position + "/members",
                        "A container has more than " + mostMembers + " members (sluice.handover.items)."
                                + " Deliver it as several containers."));
            }
            read.add(values.requiredHash());
        }
        return List.copyOf(read);
    }
}
