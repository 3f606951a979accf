-- Videos of bundles: what they are called within their kind, what comes ready-made with them, and those that wait for a hash.

-- What the upstream calls an asset within its kind, e.g. video_simple; empty when it was not delivered.
ALTER TABLE asset
    ADD COLUMN subtype VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '' AFTER media_type;

-- What an entry brings ready-made, as JSON: paths by the manifest's names, and the duration. Null for none.
ALTER TABLE ingest_batch_item
    ADD COLUMN deliverables MEDIUMTEXT CHARACTER SET utf8mb4 NULL AFTER members;

-- Videos that were put off until now keep what was said of them.
UPDATE ingest_batch_item SET deliverables = JSON_EXTRACT(extra, '$.deliverables'),
    extra = NULLIF(JSON_REMOVE(extra, '$.deliverables'), '{}')
WHERE asset_type = 'video' AND JSON_VALID(extra) AND JSON_TYPE(JSON_EXTRACT(extra, '$.deliverables')) = 'OBJECT';

-- What came ready-made with an asset (cover, hls, transcript, cloud_package): media copies it into its store.
CREATE TABLE asset_provided (
    content_hash  BINARY(32)                                            NOT NULL,
    -- Of the rendition.
    name          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    -- The upstream's hash of it, or of the item that it came with.
    source_hash   BINARY(16)                                            NOT NULL,
    batch_id      BIGINT                                                NOT NULL,
    library_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin        NOT NULL,
    path          VARBINARY(4096)                                       NOT NULL,
    size          BIGINT                                                NOT NULL,
    mtime_ns      BIGINT                                                NOT NULL,
    ctime_ns      BIGINT                                                NOT NULL,
    birth_time_ns BIGINT                                                NOT NULL,
    inode         BIGINT                                                NOT NULL,
    -- The one of its name that is told on ingest.asset.
    current       BOOLEAN                                               NOT NULL,
    PRIMARY KEY (content_hash, name, source_hash)
) ENGINE = InnoDB;

INSERT INTO asset_provided (content_hash, name, source_hash, batch_id, library_id, path, size, mtime_ns, ctime_ns,
    birth_time_ns, inode, current)
SELECT content_hash, 'cover', cover_hash, batch_id, library_id, path, size, mtime_ns, ctime_ns, birth_time_ns, inode,
    current
FROM asset_cover;

DROP TABLE asset_cover;

-- How long a video is, as its bundle says; a bundle may say that and have no source.json.
ALTER TABLE asset_source
    MODIFY COLUMN body MEDIUMTEXT CHARACTER SET utf8mb4 NULL,
    ADD COLUMN duration_ms BIGINT NULL;

-- Present files that are called like videos and have no content hash; put right by the next full scan of a library.
ALTER TABLE library_count
    ADD COLUMN hashless_videos BIGINT NOT NULL DEFAULT 0;
