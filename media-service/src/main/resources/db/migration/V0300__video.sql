-- Videos: streams, what they are while they grow, and how many there are.

ALTER TABLE facts
    -- a VideoFacts, only of a video
    ADD COLUMN video BLOB NULL;

-- What was delivered ready-made has profile version 0 from here on, so that a recipe of the same name stands beside it.
-- Its file in the store is called by its version too, so it is copied once more.
UPDATE rendition SET profile_version = 0, lifecycle = 'pending', attempts = 0, error_code = '', reason = ''
WHERE source <> '';
INSERT INTO work (work_class, work_key, state, lane, priority, due_at)
SELECT 'image', CONCAT(LOWER(HEX(content_hash)), '/', name, '/', source), 'waiting', 2, 50, NOW(6)
FROM rendition WHERE source <> '' ORDER BY content_hash, name
ON DUPLICATE KEY UPDATE due_at = VALUE(due_at);

-- A stream that is being made, from its first segment on. True only while its work runs under the same token.
CREATE TABLE running_stream (
    content_hash     BINARY(32) NOT NULL PRIMARY KEY,
    profile_version  SMALLINT UNSIGNED NOT NULL,
    work_key         VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token            BIGINT UNSIGNED NOT NULL,
    -- where it grows, below the asset's folder in the store
    folder           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    permille         SMALLINT UNSIGNED NOT NULL,
    first_segment_at DATETIME(6) NOT NULL,
    updated_at       DATETIME(6) NOT NULL
) ENGINE = InnoDB;

-- Live videos by library; the state is the best of their streams, delivered or made.
CREATE TABLE video_library (
    content_hash BINARY(32) NOT NULL,
    library_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state        ENUM ('ready', 'pending', 'failed', 'unsupported') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (content_hash, library_id),
    -- counts by library, and of each content hash once
    KEY video_library_count (library_id, state),
    KEY video_library_sum (state, content_hash)
) ENGINE = InnoDB;

-- Every library that ever had a video: it is counted on, with zeros.
CREATE TABLE library_with_videos (
    library_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY
) ENGINE = InnoDB;

-- The recipes that all assets were planned for, in one row.
CREATE TABLE planned_profiles (
    id     TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    labels VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE = InnoDB;
