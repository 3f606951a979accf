-- Handover bundles on their way into the library (batches, items, jobs), and what comes of them (external hashes,
-- containers, provenance, analysis, covers). Hashes of ours are 32 bytes, those of the upstream 16.

-- One row a bundle: its last look as the scanner told it, what was judged of it, and its state.
CREATE TABLE ingest_batch (
    id                 BIGINT                                             NOT NULL AUTO_INCREMENT PRIMARY KEY,
    library_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    -- The bundle's file name without its ending, percent-encoded where it is not A-Z a-z 0-9 . _ -
    sync_id            VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name               VARBINARY(255)                                     NOT NULL,
    look_sequence      BIGINT                                             NOT NULL,
    scan_id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    seen_at            DATETIME(6)                                        NOT NULL,
    -- Null where the file is not there.
    manifest_size      BIGINT                                             NULL,
    manifest_mtime_ns  BIGINT                                             NULL,
    manifest_ctime_ns  BIGINT                                             NULL,
    manifest_inode     BIGINT                                             NULL,
    sentinel_mtime_ns  BIGINT                                             NULL,
    state              VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    state_since        DATETIME(6)                                        NOT NULL DEFAULT NOW(6),
    -- The verdict, kept per (manifest_sha256, sentinel_mtime_ns).
    verdict            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    reason             VARCHAR(1000) CHARACTER SET utf8mb4                NOT NULL DEFAULT '',
    pointer            VARCHAR(500) CHARACTER SET utf8mb4                 NOT NULL DEFAULT '',
    manifest_sha256    BINARY(32)                                         NULL,
    judged_at          DATETIME(6)                                        NULL,
    -- What the manifest claims.
    sync_type          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    action             VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    item_count         BIGINT                                             NOT NULL DEFAULT 0,
    total_bytes        BIGINT                                             NOT NULL DEFAULT 0,
    source_host        VARCHAR(255) CHARACTER SET utf8mb4                 NOT NULL DEFAULT '',
    manifest_created   DATETIME(6)                                        NULL,
    manifest_completed DATETIME(6)                                        NULL,
    prior_sync_id      VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    superseded_by      VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    verified_passed    BOOLEAN                                            NOT NULL DEFAULT FALSE,
    verified_files     BIGINT                                             NOT NULL DEFAULT 0,
    -- Fields of the manifest that we do not know, as JSON; null for none.
    extra              MEDIUMTEXT CHARACTER SET utf8mb4                   NULL,
    -- One sentence a line.
    warnings           TEXT CHARACTER SET utf8mb4                         NOT NULL DEFAULT '',
    -- The manifest whose items stand in ingest_batch_item; null before preflight.
    items_of           BINARY(32)                                         NULL,
    started_at         DATETIME(6)                                        NULL,
    completed_at       DATETIME(6)                                        NULL,
    last_error         VARCHAR(1000) CHARACTER SET utf8mb4                NOT NULL DEFAULT '',
    -- Microseconds before 1970: ascending is newest first.
    newest             BIGINT AS (-TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', seen_at)) PERSISTENT,
    UNIQUE KEY by_bundle (library_id, sync_id),
    KEY by_sync_id (sync_id),
    KEY by_prior (prior_sync_id),
    KEY by_newest (newest, id),
    KEY by_state (state, newest, id),
    KEY by_library (library_id, newest, id)
) ENGINE = InnoDB;

-- One row a manifest entry.
CREATE TABLE ingest_batch_item (
    batch_id      BIGINT                                            NOT NULL,
    -- From 0, as in the manifest.
    position      INT                                               NOT NULL,
    -- Which wave it belongs to: 0 primaries, 1 covers, 2 containers.
    wave          TINYINT                                           NOT NULL,
    asset_type    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    asset_subtype VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
    external_hash BINARY(16)                                        NULL,
    parent_hash   BINARY(16)                                        NULL,
    cover_hash    BINARY(16)                                        NULL,
    -- Relative to the payload folder; null for containers.
    path          VARBINARY(4096)                                   NULL,
    bytes         BIGINT                                            NULL,
    mime          VARCHAR(127) CHARACTER SET utf8mb4                NOT NULL DEFAULT '',
    title         VARCHAR(1000) CHARACTER SET utf8mb4               NOT NULL DEFAULT '',
    -- Folder of source.json and data/, relative to the payload folder.
    source        VARBINARY(4096)                                   NULL,
    -- External hashes of a container's members in order, 16 bytes each.
    members       MEDIUMBLOB                                        NULL,
    -- The entry's fields that have no column, as JSON; null for none.
    extra         MEDIUMTEXT CHARACTER SET utf8mb4                  NULL,
    -- created, linked, updated, skipped, deferred, failed; null before preflight
    decision      VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin  NULL,
    -- preflight (what would be done) or import (what was done)
    decided_by    VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin  NULL,
    -- The job that decided it.
    job_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NULL,
    target_asset  BINARY(32)                                        NULL,
    target_container CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    error_code    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    last_error    VARCHAR(1000) CHARACTER SET utf8mb4               NOT NULL DEFAULT '',
    attempts      INT UNSIGNED                                      NOT NULL DEFAULT 0,
    updated_at    DATETIME(6)                                       NOT NULL DEFAULT NOW(6) ON UPDATE NOW(6),
    PRIMARY KEY (batch_id, position),
    -- What is still to do in a wave, and the tally.
    KEY by_decision (batch_id, decided_by, decision, wave, position),
    KEY by_external (batch_id, external_hash)
) ENGINE = InnoDB;

-- A queued request to import one batch. Its heartbeat stands in import_job_lease, so that items may share this row.
CREATE TABLE import_job (
    id               CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NOT NULL PRIMARY KEY,
    batch_id         BIGINT                                            NOT NULL,
    -- The batch while the job is queued or running, null afterwards: one active job a batch.
    active_batch_id  BIGINT                                            NULL,
    state            VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    priority         SMALLINT                                          NOT NULL,
    forced           BOOLEAN                                           NOT NULL,
    requested_by     VARCHAR(190) CHARACTER SET utf8mb4                NOT NULL,
    queued_at        DATETIME(6)                                       NOT NULL DEFAULT NOW(6),
    claimed_at       DATETIME(6)                                       NULL,
    finished_at      DATETIME(6)                                       NULL,
    -- host/pid:N
    worker           VARCHAR(190) CHARACTER SET utf8mb4                NOT NULL DEFAULT '',
    -- Grows at every claim; the coordinator's writes carry it.
    token            BIGINT                                            NOT NULL DEFAULT 0,
    step             VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    -- Whether an item was ever attempted: then it cannot be cancelled any more.
    attempted        BOOLEAN                                           NOT NULL DEFAULT FALSE,
    failed           INT UNSIGNED                                      NOT NULL DEFAULT 0,
    vanished         INT UNSIGNED                                      NOT NULL DEFAULT 0,
    skipped_terminal BIGINT                                            NOT NULL DEFAULT 0,
    items_total      BIGINT                                            NOT NULL DEFAULT 0,
    -- Of a finished job; of an active one it is counted.
    items_done       BIGINT                                            NOT NULL DEFAULT 0,
    tally            VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    last_error       VARCHAR(1000) CHARACTER SET utf8mb4               NOT NULL DEFAULT '',
    newest           BIGINT AS (-TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', queued_at)) PERSISTENT,
    UNIQUE KEY by_active (active_batch_id),
    -- The next one to claim.
    KEY by_turn (state, priority, queued_at, id),
    KEY by_batch (batch_id, newest, id),
    KEY by_newest (newest, id),
    KEY by_state (state, newest, id)
) ENGINE = InnoDB;

CREATE TABLE import_job_lease (
    job_id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL PRIMARY KEY,
    owner        VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    incarnation  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    token        BIGINT                                             NOT NULL,
    heartbeat_at DATETIME(6)                                        NOT NULL,
    lease_until  DATETIME(6)                                        NOT NULL,
    KEY by_end (lease_until)
) ENGINE = InnoDB;

-- Which asset the upstream means by a hash of its own.
CREATE TABLE external_hash (
    external_hash BINARY(16) NOT NULL PRIMARY KEY,
    content_hash  BINARY(32) NOT NULL,
    -- The batch that said so last.
    batch_id      BIGINT     NOT NULL,
    KEY by_asset (content_hash)
) ENGINE = InnoDB;

-- Galleries and collections.
CREATE TABLE container (
    id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    version       BIGINT                                         NOT NULL,
    -- Numbers of ContainerKind.
    kind          TINYINT                                        NOT NULL,
    external_hash BINARY(16)                                     NOT NULL,
    title         VARCHAR(1000) CHARACTER SET utf8mb4            NOT NULL,
    -- What an index can hold of a title.
    title_start   VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (LEFT(title, 190)) PERSISTENT,
    cover         BINARY(32)                                     NULL,
    expected      INT                                            NOT NULL,
    batch_id      BIGINT                                         NOT NULL,
    created_at    DATETIME(6)                                    NOT NULL DEFAULT NOW(6),
    UNIQUE KEY by_external (external_hash),
    KEY by_title (kind, title_start, id)
) ENGINE = InnoDB;

-- The members that a manifest names, in order; without a content hash the member is missing.
CREATE TABLE container_member (
    container_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position      INT                                            NOT NULL,
    external_hash BINARY(16)                                     NOT NULL,
    content_hash  BINARY(32)                                     NULL,
    PRIMARY KEY (container_id, position),
    KEY by_external (external_hash),
    KEY by_asset (content_hash, container_id)
) ENGINE = InnoDB;

-- Where an asset comes from, as source.json says; one row a bundle that brought it.
CREATE TABLE asset_source (
    content_hash BINARY(32)                         NOT NULL,
    batch_id     BIGINT                             NOT NULL,
    body         MEDIUMTEXT CHARACTER SET utf8mb4   NOT NULL,
    PRIMARY KEY (content_hash, batch_id)
) ENGINE = InnoDB;

-- What an analysis of the upstream found, the newest of a kind.
CREATE TABLE asset_ai_run (
    content_hash  BINARY(32)                                          NOT NULL,
    -- photo.manifest, photo.analysis, photo.meaning, photo.family, source_data:<file>
    analysis_kind VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    batch_id      BIGINT                                              NOT NULL,
    sha256        BINARY(32)                                          NOT NULL,
    -- Of what was told on ingest.text.
    version       BIGINT                                              NOT NULL,
    -- MEDIUMBLOB: the file as it was, whatever it holds.
    body          MEDIUMBLOB                                          NOT NULL,
    PRIMARY KEY (content_hash, analysis_kind)
) ENGINE = InnoDB;

-- A cover that came ready-made with its asset: media copies it into its store.
CREATE TABLE asset_cover (
    content_hash  BINARY(32)                                     NOT NULL,
    -- The upstream's hash of the cover.
    cover_hash    BINARY(16)                                     NOT NULL,
    batch_id      BIGINT                                         NOT NULL,
    library_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    path          VARBINARY(4096)                                NOT NULL,
    size          BIGINT                                         NOT NULL,
    mtime_ns      BIGINT                                         NOT NULL,
    ctime_ns      BIGINT                                         NOT NULL,
    birth_time_ns BIGINT                                         NOT NULL,
    inode         BIGINT                                         NOT NULL,
    -- Shown: the one told on ingest.asset.
    current       BOOLEAN                                        NOT NULL,
    PRIMARY KEY (content_hash, cover_hash)
) ENGINE = InnoDB;
