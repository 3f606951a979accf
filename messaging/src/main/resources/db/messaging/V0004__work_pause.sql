-- Classes of which nothing is released, by whom and why. A row is a pause.
CREATE TABLE work_pause (
    work_class VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    reason     VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
    paused_by  VARCHAR(190) CHARACTER SET utf8mb4 NOT NULL,
    paused_at  DATETIME(6) NOT NULL DEFAULT NOW(6)
) ENGINE = InnoDB;
