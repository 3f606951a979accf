-- Schema of ingest: libraries as the scanner tells them, file locations, assets, successions. Times are UTC.
-- Numbers of enums are those of sluice/ingest/v1/ingest_events.proto; standing is Standing's order.

CREATE TABLE library (
    library_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin        NOT NULL PRIMARY KEY,
    version       BIGINT                                                NOT NULL,
    name          VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    mount         VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    sub_path      VARBINARY(4096)                                       NOT NULL,
    health        VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    health_reason VARCHAR(1000) CHARACTER SET utf8mb4                   NOT NULL,
    learned_at    DATETIME(6)                                           NOT NULL DEFAULT NOW(6)
) ENGINE = InnoDB;

-- The digest of the last full scan of each library, and how far its comparison has come.
CREATE TABLE scan_digest (
    library_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NOT NULL PRIMARY KEY,
    -- Of the library's state that told of it: a later one wins.
    version     BIGINT                                            NOT NULL,
    scan_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NOT NULL,
    finished_at DATETIME(6)                                       NOT NULL,
    buckets     VARBINARY(2048)                                   NOT NULL,
    state       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    end_offsets VARCHAR(4000) CHARACTER SET ascii                 NULL,
    differing   VARCHAR(1024) CHARACTER SET ascii                 NOT NULL DEFAULT '',
    looks       INT                                               NOT NULL DEFAULT 0,
    look_at     DATETIME(6)                                       NOT NULL DEFAULT NOW(6),
    asked_at    DATETIME(6)                                       NULL
) ENGINE = InnoDB;

CREATE TABLE file_location (
    id                BIGINT                                            NOT NULL AUTO_INCREMENT PRIMARY KEY,
    library_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NOT NULL,
    file_id           BIGINT                                            NOT NULL,
    sequence          BIGINT                                            NOT NULL,
    path              VARBINARY(4096)                                   NOT NULL,
    -- What an index can hold of a path: enough to list an asset's locations in order.
    path_start        VARBINARY(255) AS (LEFT(path, 255)) PERSISTENT,
    -- Null unless the row is present: a path is held by one row.
    path_key          BINARY(32)                                        NULL,
    standing          TINYINT                                           NOT NULL,
    stable            BOOLEAN                                           NOT NULL,
    size              BIGINT                                            NOT NULL,
    mtime_ns          BIGINT                                            NOT NULL,
    ctime_ns          BIGINT                                            NOT NULL,
    birth_time_ns     BIGINT                                            NOT NULL,
    inode             BIGINT                                            NOT NULL,
    hash_state        VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    content_hash      BINARY(32)                                        NULL,
    -- What it held before its bytes were seen to change, until the new bytes are hashed.
    former_hash       BINARY(32)                                        NULL,
    error_code        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    reason            VARCHAR(500) CHARACTER SET utf8mb4                NULL,
    scan_id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NOT NULL,
    absent_since_scan CHAR(36) CHARACTER SET ascii COLLATE ascii_bin    NULL,
    created_at        DATETIME(6)                                       NOT NULL DEFAULT NOW(6),
    updated_at        DATETIME(6)                                       NOT NULL DEFAULT NOW(6) ON UPDATE NOW(6),
    UNIQUE KEY by_file (library_id, file_id),
    UNIQUE KEY by_path (path_key),
    KEY by_asset (content_hash, standing, library_id, path_start, id)
) ENGINE = InnoDB;

-- Counted in the transaction that changes locations, in 16 rows a library so that writers do not wait for each other;
-- put right after each full scan.
CREATE TABLE library_count (
    library_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    shard      TINYINT                                        NOT NULL,
    present    BIGINT                                         NOT NULL,
    unhashed   BIGINT                                         NOT NULL,
    absent     BIGINT                                         NOT NULL,
    PRIMARY KEY (library_id, shard)
) ENGINE = InnoDB;

CREATE TABLE asset (
    content_hash    BINARY(32)                                         NOT NULL PRIMARY KEY,
    version         BIGINT                                             NOT NULL,
    lifecycle       TINYINT                                            NOT NULL,
    kind            TINYINT                                            NOT NULL,
    media_type      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size            BIGINT                                             NOT NULL,
    taken_at        DATETIME(6)                                        NOT NULL,
    taken_at_source TINYINT                                            NOT NULL,
    -- Microseconds before 1970: ascending is newest first, in an index that every MariaDB reads in order.
    newest          BIGINT AS (-TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', taken_at)) PERSISTENT,
    camera_make     VARCHAR(255) CHARACTER SET utf8mb4                 NULL,
    camera_model    VARCHAR(255) CHARACTER SET utf8mb4                 NULL,
    lens_model      VARCHAR(255) CHARACTER SET utf8mb4                 NULL,
    orientation     TINYINT                                            NULL,
    gps_latitude    DOUBLE                                             NULL,
    gps_longitude   DOUBLE                                             NULL,
    gps_altitude    DOUBLE                                             NULL,
    focal_length    DOUBLE                                             NULL,
    aperture        DOUBLE                                             NULL,
    shutter_speed   DOUBLE                                             NULL,
    iso             INT                                                NULL,
    -- Why nothing is known of the header although there should be; null when it was read.
    header_reason   VARCHAR(500) CHARACTER SET utf8mb4                 NULL,
    location_count  BIGINT                                             NOT NULL,
    superseded_by   BINARY(32)                                         NULL,
    superseded_at   DATETIME(6)                                        NULL,
    registered_at   DATETIME(6)                                        NOT NULL,
    KEY by_taken (lifecycle, newest, content_hash),
    KEY by_kind (lifecycle, kind, newest, content_hash)
) ENGINE = InnoDB;

-- Which live assets a library shows; kept by registration so that every filter reads an index in order.
CREATE TABLE asset_library (
    content_hash BINARY(32)                                     NOT NULL,
    library_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind         TINYINT                                        NOT NULL,
    newest       BIGINT                                         NOT NULL,
    PRIMARY KEY (content_hash, library_id),
    KEY by_taken (library_id, newest, content_hash),
    KEY by_kind (library_id, kind, newest, content_hash)
) ENGINE = InnoDB;

-- Changed bytes at a location: the new asset takes the old one's place there.
CREATE TABLE succession (
    location_id BIGINT      NOT NULL,
    sequence    BIGINT      NOT NULL,
    old_hash    BINARY(32)  NOT NULL,
    new_hash    BINARY(32)  NOT NULL,
    recorded_at DATETIME(6) NOT NULL DEFAULT NOW(6),
    PRIMARY KEY (location_id, sequence),
    KEY by_old (old_hash)
) ENGINE = InnoDB;
