-- What signed addresses of players are signed with, alike for every gateway process. The newest signs, the one before it
-- still opens what it signed. Whoever reads this table can sign: to end all addresses at once, delete its rows.

CREATE TABLE playback_secret (
    generation INT UNSIGNED NOT NULL,
    secret     BINARY(32)   NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (generation)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_ai_ci;
