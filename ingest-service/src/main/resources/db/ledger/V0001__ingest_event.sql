-- What happened to batches and libraries, for ever. The service that writes it may insert and select, nothing else; this
-- schema is migrated by another user.
CREATE TABLE ingest_event (
    id           BIGINT                                             NOT NULL AUTO_INCREMENT PRIMARY KEY,
    -- UUIDv7, the same on the topic.
    entry_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    -- A sync id or a library id.
    subject      VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    library_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    event_type   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    -- Which of LedgerEntry's payloads it is; an event type may have several.
    payload_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    -- Protobuf JSON with the names of the .proto.
    payload      MEDIUMTEXT CHARACTER SET utf8mb4                   NOT NULL,
    created_at   DATETIME(6)                                        NOT NULL,
    UNIQUE KEY by_entry (entry_id),
    KEY by_subject (subject, id)
) ENGINE = InnoDB;
