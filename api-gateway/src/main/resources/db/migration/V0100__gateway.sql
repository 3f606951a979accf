-- Who may come in. Keys and session tokens are 256 random bits; only their SHA-256 is kept.

CREATE TABLE api_key (
    id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin   NOT NULL,
    name       VARCHAR(100)                                     NOT NULL,
    key_hash   BINARY(32)                                       NOT NULL,
    role       VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(6)                                      NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY api_key_name (name),
    UNIQUE KEY api_key_hash (key_hash),
    CONSTRAINT api_key_role CHECK (role IN ('viewer', 'operator', 'admin'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_ai_ci;

CREATE TABLE console_session (
    id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token_hash BINARY(32)                                     NOT NULL,
    key_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(6)                                    NOT NULL,
    expires_at DATETIME(6)                                    NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY console_session_token (token_hash),
    KEY console_session_expiry (expires_at),
    CONSTRAINT console_session_key FOREIGN KEY (key_id) REFERENCES api_key (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_uca1400_ai_ci;
