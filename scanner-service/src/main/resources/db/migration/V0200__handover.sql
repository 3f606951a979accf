-- What was seen of handover bundles: which of its two files stands there, and how. Rows stay when both are gone.
CREATE TABLE observed_bundle (
    library_id             UUID NOT NULL,
    -- file name without .json or .ready
    name                   VARBINARY(255) NOT NULL,
    -- of its last look; numbers are the library's
    sequence               BIGINT NOT NULL,
    manifest_present       BOOLEAN NOT NULL,
    -- all 0 when it is not there
    manifest_size          BIGINT NOT NULL,
    manifest_mtime_ns      BIGINT NOT NULL,
    manifest_ctime_ns      BIGINT NOT NULL,
    manifest_birth_time_ns BIGINT NOT NULL,
    manifest_inode         BIGINT NOT NULL,
    sentinel_present       BOOLEAN NOT NULL,
    -- all 0 when it is not there
    sentinel_size          BIGINT NOT NULL,
    sentinel_mtime_ns      BIGINT NOT NULL,
    sentinel_ctime_ns      BIGINT NOT NULL,
    sentinel_birth_time_ns BIGINT NOT NULL,
    sentinel_inode         BIGINT NOT NULL,
    present                BOOLEAN AS (manifest_present OR sentinel_present) PERSISTENT,
    scan_id                UUID NOT NULL,
    observed_at            DATETIME(6) NOT NULL,
    PRIMARY KEY (library_id, name),
    -- is anything known to be there, so that an empty mount is a lost one
    KEY observed_bundle_presence (library_id, present)
) ENGINE = InnoDB;
