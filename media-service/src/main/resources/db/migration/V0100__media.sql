-- What media owns: its copies of what others say (library, asset), and the truth of renditions and facts.

-- Where a library lies and whether it is online, as the scanner last said.
CREATE TABLE library (
    library_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL,
    name       VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    mount      VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    -- below the mount; empty for the mount's root
    sub_path   VARBINARY(4096) NOT NULL,
    health     ENUM ('unknown', 'online', 'stale', 'disabled') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason     VARCHAR(1000) CHARACTER SET utf8mb4 NOT NULL
) ENGINE = InnoDB;

-- An asset as ingest last said; read only whole, by its hash.
CREATE TABLE asset (
    content_hash BINARY(32) NOT NULL PRIMARY KEY,
    version      BIGINT NOT NULL,
    lifecycle    ENUM ('live', 'superseded', 'tombstoned') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind         ENUM ('unknown', 'image', 'video', 'audio', 'document') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size         BIGINT NOT NULL,
    -- an AssetState that holds nothing but locations
    locations    MEDIUMBLOB NOT NULL
) ENGINE = InnoDB;

-- One row a (content hash, name, profile version). Listings go by content hash: the primary key is the only index.
CREATE TABLE rendition (
    content_hash    BINARY(32) NOT NULL,
    name            VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    profile_version SMALLINT UNSIGNED NOT NULL,
    lifecycle       ENUM ('pending', 'ready', 'failed', 'unsupported') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- of the last record that told of it; 0 before the first
    version         BIGINT NOT NULL DEFAULT 0,
    media_type      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    width           INT UNSIGNED NOT NULL DEFAULT 0,
    height          INT UNSIGNED NOT NULL DEFAULT 0,
    bytes           BIGINT NOT NULL DEFAULT 0,
    -- why it is failed or unsupported, or what a pending one waits for
    error_code      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    reason          VARCHAR(1000) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
    attempts        INT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (content_hash, name, profile_version)
) ENGINE = InnoDB;

-- What the decoded pixels told of an asset.
CREATE TABLE facts (
    content_hash   BINARY(32) NOT NULL PRIMARY KEY,
    version        BIGINT NOT NULL,
    width          INT UNSIGNED NOT NULL,
    height         INT UNSIGNED NOT NULL,
    format         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    thumbhash      VARBINARY(25) NOT NULL,
    has_alpha      BOOLEAN NOT NULL,
    colour_profile VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL
) ENGINE = InnoDB;
