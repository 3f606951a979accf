-- What the scanner owns: libraries with their health, what was observed in them, their scans. Times are the database's
-- clock, UTC; times of files are nanoseconds since 1970 by their own file system. Names and paths are bytes.

CREATE TABLE library (
    id             UUID NOT NULL PRIMARY KEY,
    name           VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mount          VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sub_path       VARBINARY(4096) NOT NULL,
    kind           ENUM ('library', 'handover') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    mode           ENUM ('referenced', 'managed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- whether the deployment names it still; a row outlives its configuration
    configured     BOOLEAN NOT NULL,
    enabled        BOOLEAN NOT NULL,
    -- the deployment's and its own, one a line
    excluded_dirs  TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    health         ENUM ('online', 'stale', 'disabled') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    health_reason  VARCHAR(1000) CHARACTER SET utf8mb4 NOT NULL,
    health_since   DATETIME(6) NOT NULL,
    -- of its last observation; whoever gives a number locks this row first
    sequence       BIGINT NOT NULL DEFAULT 0,
    -- kept by every transaction that changes an observation, so that nobody counts
    present_files  BIGINT NOT NULL DEFAULT 0,
    absent_files   BIGINT NOT NULL DEFAULT 0,
    -- of its last record on scanner.library, and SHA-256 of what that said
    version        BIGINT NOT NULL DEFAULT 0,
    told           BINARY(32) NULL,
    -- the outbox row of its last observation; a digest is told after that has left
    outbox_mark    BIGINT NOT NULL DEFAULT 0,
    -- the full scan whose digest is not told yet, and when it ended
    digest_due     UUID NULL,
    digest_due_at  DATETIME(6) NULL,
    -- the last digest that was told, a ScanDigest message
    digest         VARBINARY(4096) NULL,
    UNIQUE KEY library_name (name)
) ENGINE = InnoDB;

-- The inventory: the current observation of every file that was ever seen.
CREATE TABLE observed_file (
    library_id    UUID NOT NULL,
    -- the sequence number of its first sighting
    file_id       BIGINT NOT NULL,
    bucket        TINYINT UNSIGNED AS (file_id & 255) PERSISTENT,
    -- relative to the library's root
    path          VARBINARY(4096) NOT NULL,
    -- SHA-256 of library and path while this row holds the path; null once another file was seen there
    path_key      BINARY(32) NULL,
    size          BIGINT NOT NULL,
    mtime_ns      BIGINT NOT NULL,
    ctime_ns      BIGINT NOT NULL,
    -- 0 where the file system keeps none
    birth_time_ns BIGINT NOT NULL,
    inode         BIGINT NOT NULL,
    present       BOOLEAN NOT NULL,
    -- false while it may still be written to
    stable        BOOLEAN NOT NULL,
    sequence      BIGINT NOT NULL,
    scan_id       UUID NOT NULL,
    observed_at   DATETIME(6) NOT NULL,
    PRIMARY KEY (library_id, file_id),
    UNIQUE KEY observed_path (path_key),
    -- a path nobody knows: which file was it before?
    KEY observed_inode (library_id, inode),
    -- look again at what may still be written to; which present ones did a scan not see
    KEY observed_presence (library_id, present, stable),
    -- digests and re-announcements, the digest without touching a row
    KEY observed_bucket (library_id, bucket, file_id, sequence, present)
) ENGINE = InnoDB;

-- Every scan that began.
CREATE TABLE scan_run (
    scan_id                UUID NOT NULL PRIMARY KEY,
    library_id             UUID NOT NULL,
    kind                   ENUM ('quick', 'full') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state                  ENUM ('running', 'completed', 'void', 'interrupted') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason                 VARCHAR(1000) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
    -- the tenure that runs it
    token                  BIGINT NOT NULL,
    started_at             DATETIME(6) NOT NULL,
    finished_at            DATETIME(6) NULL,
    files_seen             BIGINT NOT NULL DEFAULT 0,
    files_told             BIGINT NOT NULL DEFAULT 0,
    directories_unreadable BIGINT NOT NULL DEFAULT 0,
    KEY scan_run_latest (library_id, kind, started_at),
    KEY scan_run_state (library_id, state, started_at)
) ENGINE = InnoDB;

-- A scan that a person asked for and that has not begun; asking again finds it.
CREATE TABLE scan_request (
    library_id   UUID NOT NULL PRIMARY KEY,
    scan_id      UUID NOT NULL,
    kind         ENUM ('quick', 'full') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requested_at DATETIME(6) NOT NULL
) ENGINE = InnoDB;
