-- What was handled already, for effects that no natural key and no version guards. Kept for 30 days.
CREATE TABLE inbox (
    purpose    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    event_id   VARBINARY(190) NOT NULL,
    handled_at DATETIME(6) NOT NULL DEFAULT NOW(6),
    PRIMARY KEY (purpose, event_id),
    KEY inbox_old (handled_at)
) ENGINE = InnoDB;
