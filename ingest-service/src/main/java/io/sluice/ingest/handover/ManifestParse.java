package io.sluice.ingest.handover;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.sluice.ingest.handover.ManifestProblem.TooLarge;

/** One manifest being read: its own fields. Used once. */
final class ManifestParse {

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_HOST = 255;
    private static final int MOST_EXTRA = 1 << 20;

    private final HandoverConfig limits;
    private final Consumer<ManifestItem> sink;
    private final UnknownFields unknown = new UnknownFields(MOST_EXTRA);

    private @Nullable Long version;
    private @Nullable String syncId;
    private String status = "";
    private String syncType = "";
    private @Nullable String action;
    private String sourceHost = "";
    private long itemCount;
    private long totalBytes;
    private @Nullable Instant created;
    private @Nullable Instant completed;
    private @Nullable SyncId prior;
    private boolean verifiedPassed;
    private long verifiedFiles;
    private int items = -1;

    ManifestParse(HandoverConfig limits, Consumer<ManifestItem> sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** Without its hash, which is known when the bytes behind it were read too. */
    ManifestRead.Whole manifest(JsonParser parser) throws IOException, ManifestRefused {
        JsonValues values = new JsonValues(parser);
        parser.nextToken();
        if (parser.currentToken() == null) {
            throw JsonValues.refused("", "The manifest is empty");
        }
        values.expect(JsonToken.START_OBJECT, "a JSON object");
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            UnknownFields.countField(fields, parser);
            String name = parser.currentName();
            parser.nextToken();
            field(name, parser, values);
        }
        if (parser.nextToken() != null) {
            throw JsonValues.refused("", "The manifest goes on behind its end");
        }
        return whole();
    }

    private void field(String name, JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        switch (name) {
            case "manifest_version" -> version = version(values);
            case "sync_id" -> syncId = values.text(SyncId.LONGEST);
            case "sync_type" -> syncType = values.text(LONGEST_WORD);
            case "action" -> action = action(values);
            case "status" -> status = values.text(LONGEST_WORD);
            case "source_host" -> sourceHost = values.text(LONGEST_HOST);
            case "created_at" -> created = values.time();
            case "completed_at" -> completed = values.time();
            case "prior_sync_id" -> prior = values.syncId();
            case "item_count" -> itemCount = orZero(values.count());
            case "total_bytes" -> totalBytes = orZero(values.count());
            case "verification" -> verification(parser, values);
            case "items" -> items = items(parser, values);
            default -> unknown.keep(name, parser);
        }
    }

    private static Long version(JsonValues values) throws IOException, ManifestRefused {
        Long version = values.count();
        if (version == null || version != 1) {
            throw values.wrong("must be 1, the only version that is known here");
        }
        return version;
    }

    private static String action(JsonValues values) throws IOException, ManifestRefused {
        String action = values.text(LONGEST_WORD);
        if (!action.equals("import") && !action.equals("remove")) {
            throw values.wrong("must be 'import' or 'remove'");
        }
        return action;
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private void verification(JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        values.expect(JsonToken.START_OBJECT, "an object");
        UnknownFields rest = new UnknownFields(MOST_EXTRA);
        for (int fields = 1; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
            UnknownFields.countField(fields, parser);
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "passed" -> verifiedPassed = values.isTrue();
                case "total_files" -> verifiedFiles = orZero(values.count());
                default -> rest.keep(name, parser);
            }
        }
        String kept = rest.json();
        if (kept != null) {
            unknown.keepJson("verification", kept);
        }
    }

    private int items(JsonParser parser, JsonValues values) throws IOException, ManifestRefused {
        values.expect(JsonToken.START_ARRAY, "an array");
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (position == limits.items()) {
                throw new ManifestRefused(new TooLarge(
                        "/items",
                        "The manifest has more than " + limits.items()
                                + " items (sluice.handover.items); deliver it as several bundles."));
            }
            sink.accept(new ItemParse(position, limits.items()).item(parser, values));
            position++;
        }
        return position;
    }

    private ManifestRead.Whole whole() throws IOException, ManifestRefused {
        if (version == null) {
            throw JsonValues.missing("/manifest_version");
        }
        if (syncId == null || syncId.isEmpty()) {
            throw JsonValues.missing("/sync_id");
        }
        if (action == null) {
            throw JsonValues.missing("/action");
        }
        if (items < 0) {
            throw JsonValues.missing("/items");
        }
        ManifestClaims claims = new ManifestClaims(
                syncType,
                action,
                itemCount,
                totalBytes,
                sourceHost,
                created,
                completed,
                prior,
                verifiedPassed,
                verifiedFiles,
                unknown.json());
        return new ManifestRead.Whole(syncId, status, claims, items, new byte[0]);
    }
}
