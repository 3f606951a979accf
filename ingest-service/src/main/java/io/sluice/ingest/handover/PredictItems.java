package io.sluice.ingest.handover;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.contract.ErrorKind;
import io.sluice.ingest.handover.BatchItem.Decided;
import io.sluice.ingest.handover.ItemKnowledge.Meaning;
import io.sluice.ingest.handover.PayloadFolder.Payload;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/** What an import would make of each entry, as far as that can be said without reading a byte of the payload. */
final class PredictItems {

    private final BatchId batch;
    private final PayloadFolder payload;
    private final Set<ExternalHash> brought;

    /** @param brought hashes of the primaries that the manifest itself brings */
    PredictItems(BatchId batch, PayloadFolder payload, Set<ExternalHash> brought) {
        this.batch = batch;
        this.payload = payload;
        this.brought = brought;
    }

    /** @throws io.sluice.contract.CodedException {@code LIBRARY_STALE} when the mount goes away meanwhile */
    Decided predict(ManifestItem item, ItemKnowledge known) {
        return switch (item.assetType()) {
            case "photo" -> first(unfit(item), primary(item, known, ""));
            case "video" -> first(unfit(item), video(item, known));
            case "cover" -> first(unfit(item), cover(item, known));
            case "gallery_legacy", "collection" -> container(item, known);
            default ->
                Decided.predicted(
                        Decision.FAILED,
                        ErrorCode.ITEM_TYPE_REFUSED,
                        "Items of type '" + item.assetType()
                                + "' are not known; photo, video, cover, gallery_legacy and collection are.");
        };
    }

    private static Decided first(@Nullable Decided unfit, Decided otherwise) {
        return unfit == null ? otherwise : unfit;
    }

    /** Why the entry's file cannot be imported; null when nothing speaks against it. */
    private @Nullable Decided unfit(ManifestItem item) {
        byte[] path = item.path();
        if (path == null) {
            return failed(
                    ErrorCode.PAYLOAD_MISSING, "The entry names no file. Deliver the bundle again with its path.");
        }
        return switch (payload.find(path)) {
            case Payload.Escapes(String sentence) -> failed(ErrorCode.PATH_ESCAPES, sentence);
            case Payload.Missing(String sentence) -> failed(ErrorCode.PAYLOAD_MISSING, sentence);
            case Payload.Unreadable(String sentence) -> failed(ErrorCode.FILE_UNREADABLE, sentence);
            case Payload.File file -> {
                Long claimed = item.bytes();
                yield claimed == null || claimed == file.stat().size()
                        ? null
                        : failed(
                                ErrorCode.PAYLOAD_DIFFERS,
                                "The manifest says " + claimed + " bytes, the file has "
                                        + file.stat().size() + ". Deliver the bundle again, whole.");
            }
        };
    }

    private static Decided failed(ErrorCode code, String sentence) {
        return Decided.predicted(Decision.FAILED, code, sentence);
    }

    private Decided video(ManifestItem item, ItemKnowledge known) {
        try {
            FindDeliverables.Found found = FindDeliverables.find(payload, item.deliverables());
            return primary(item, known, String.join(" ", found.leftOut()));
        } catch (CodedException e) {
            if (e.code().kind() == ErrorKind.CAPACITY) {
                throw e;
            }
            return failed(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** @param note what would be left out of it, empty for nothing */
    private Decided primary(ManifestItem item, ItemKnowledge known, String note) {
        Meaning meaning = known.assets().get(item.externalHash());
        Decision decision = meaning == null
                ? Decision.CREATED
                : meaning.batch().equals(batch) ? Decision.SKIPPED : Decision.UPDATED;
        return new Decided(
                decision, Decision.By.PREFLIGHT, null, meaning == null ? null : meaning.asset(), null, null, note);
    }

    private Decided cover(ManifestItem item, ItemKnowledge known) {
        ExternalHash parent = item.parentHash();
        if (parent == null) {
            return failed(
                    ErrorCode.PARENT_UNKNOWN,
                    "The cover names no parent_hash. Deliver the bundle again with the asset that it belongs to.");
        }
        Meaning meaning = known.assets().get(parent);
        if (meaning == null) {
            return brought.contains(parent)
                    ? Decided.predicted(Decision.CREATED)
                    : Decided.predicted(
                            Decision.DEFERRED,
                            ErrorCode.PARENT_UNKNOWN,
                            "The asset that the cover belongs to is neither in the manifest nor in the library. Import"
                                    + " the bundle that brings " + parent + ", then queue this one again.");
        }
        Set<ExternalHash> covers = known.covers().getOrDefault(meaning.asset(), Set.of());
        if (covers.contains(item.externalHash())) {
            return of(Decision.SKIPPED, meaning.asset(), null);
        }
        return of(covers.isEmpty() ? Decision.CREATED : Decision.UPDATED, meaning.asset(), null);
    }

    private static Decided container(ManifestItem item, ItemKnowledge known) {
        String container = known.containers().get(item.externalHash());
        return container == null ? Decided.predicted(Decision.CREATED) : of(Decision.UPDATED, null, container);
    }

    private static Decided of(Decision decision, @Nullable ContentHash asset, @Nullable String container) {
        return new Decided(decision, Decision.By.PREFLIGHT, null, asset, container, null, "");
    }
}
