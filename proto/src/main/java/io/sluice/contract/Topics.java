package io.sluice.contract;

import static io.sluice.contract.Topic.Keep.COMPACTED;
import static io.sluice.contract.Topic.Keep.TIME;
import static io.sluice.contract.Topic.Keep.WINDOW;

import java.util.List;
import java.util.Optional;

/** Every topic there is; docs/flow.md says in words what follows what, and a test holds the two together. */
public final class Topics {

    private static final int PARTITIONS = 12;

    public static final Topic SCANNER_LIBRARY = new Topic(
            "sluice.scanner.library.v1",
            "scanner",
            "library id",
            PARTITIONS,
            COMPACTED,
            List.of("ingest.library", "media.library"),
            List.of("gateway"));
    public static final Topic SCANNER_FILE = new Topic(
            "sluice.scanner.file.v1",
            "scanner",
            "library id + file id",
            PARTITIONS,
            COMPACTED,
            List.of("ingest.file"),
            List.of());
    public static final Topic SCANNER_SENTINEL = new Topic(
            "sluice.scanner.sentinel.v1",
            "scanner",
            "library id + bundle name",
            PARTITIONS,
            COMPACTED,
            List.of("ingest.sentinel"),
            List.of());
    public static final Topic INGEST_WORK_HASH = new Topic(
            "sluice.ingest.work.hash.v1",
            "ingest",
            "library id + file id",
            PARTITIONS,
            WINDOW,
            List.of("ingest.work.hash"),
            List.of());
    public static final Topic INGEST_WORK_ITEM = new Topic(
            "sluice.ingest.work.item.v1",
            "ingest",
            "job id + position",
            PARTITIONS,
            WINDOW,
            List.of("ingest.work.item"),
            List.of());
    public static final Topic INGEST_ASSET = new Topic(
            "sluice.ingest.asset.v1",
            "ingest",
            "content hash",
            PARTITIONS,
            COMPACTED,
            List.of("media.asset"),
            List.of("search"));
    public static final Topic INGEST_CONTAINER = new Topic(
            "sluice.ingest.container.v1",
            "ingest",
            "container id",
            PARTITIONS,
            COMPACTED,
            List.of(),
            List.of("search"));
    public static final Topic INGEST_TEXT = new Topic(
            "sluice.ingest.text.v1",
            "ingest",
            "content hash + source",
            PARTITIONS,
            COMPACTED,
            List.of(),
            List.of("search"));
    public static final Topic INGEST_LEDGER =
            new Topic("sluice.ingest.ledger.v1", "ingest", "batch or library", 1, TIME, List.of(), List.of("gateway"));
    public static final Topic MEDIA_WORK_IMAGE = new Topic(
            "sluice.media.work.image.v1",
            "media",
            "content hash",
            PARTITIONS,
            WINDOW,
            List.of("media.work.image"),
            List.of());
    public static final Topic MEDIA_WORK_VIDEO = new Topic(
            "sluice.media.work.video.v1",
            "media",
            "content hash",
            PARTITIONS,
            WINDOW,
            List.of("media.work.video"),
            List.of());
    public static final Topic MEDIA_RENDITION = new Topic(
            "sluice.media.rendition.v1",
            "media",
            "content hash + rendition name",
            PARTITIONS,
            COMPACTED,
            List.of(),
            List.of("search", "gateway"));
    public static final Topic MEDIA_FACTS = new Topic(
            "sluice.media.facts.v1", "media", "content hash", PARTITIONS, COMPACTED, List.of(), List.of("search"));
    public static final Topic SCANNER_DEAD = dead("scanner");
    public static final Topic INGEST_DEAD = dead("ingest");
    public static final Topic MEDIA_DEAD = dead("media");

    private static final List<Topic> ALL = List.of(
            SCANNER_LIBRARY,
            SCANNER_FILE,
            SCANNER_SENTINEL,
            INGEST_WORK_HASH,
            INGEST_WORK_ITEM,
            INGEST_ASSET,
            INGEST_CONTAINER,
            INGEST_TEXT,
            INGEST_LEDGER,
            MEDIA_WORK_IMAGE,
            MEDIA_WORK_VIDEO,
            MEDIA_RENDITION,
            MEDIA_FACTS,
            SCANNER_DEAD,
            INGEST_DEAD,
            MEDIA_DEAD);

    private Topics() {}

    /** All topics of this release. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The topic of that name, if this release knows it. */
    public static Optional<Topic> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /** Where a service's dead letters are copied for outside tools. */
    public static Topic deadLettersOf(String service) {
        return named("sluice." + service + ".dead.v1")
                .orElseThrow(() -> new IllegalArgumentException("No dead-letter topic for service " + service));
    }

    private static Topic dead(String service) {
        return new Topic("sluice." + service + ".dead.v1", service, "as the source", 1, TIME, List.of(), List.of());
    }
}
