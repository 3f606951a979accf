-- Messaging's own tables, the same in every schema. Times are the database's clock, UTC. Identifying columns are binary.

-- Facts on their way out. A relay owns a shard; rows of one (topic, key) lie in one shard and leave in id order.
CREATE TABLE outbox (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    shard      TINYINT UNSIGNED NOT NULL,
    -- refused by the broker (its dead letter is written) or queued behind a refused row of its key
    blocked    BOOLEAN NOT NULL DEFAULT FALSE,
    topic      VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    record_key BLOB NOT NULL,
    value      LONGBLOB NULL,
    headers    MEDIUMBLOB NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT NOW(6),
    KEY outbox_next (shard, blocked, id)
) ENGINE = InnoDB;

-- Work: one row a (class, key); release through the window in the order of work_next.
CREATE TABLE work (
    id                BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    work_class        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    work_key          VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state             ENUM ('waiting', 'deferred', 'released', 'running', 'given_up') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lane              TINYINT UNSIGNED NOT NULL,
    priority          SMALLINT NOT NULL,
    -- whose turn it uses up (fairness between them comes with issue 5)
    turn              VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    due_at            DATETIME(6) NOT NULL,
    release_token     BIGINT UNSIGNED NOT NULL DEFAULT 0,
    released_at       DATETIME(6) NULL,
    lease_owner       VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NULL,
    lease_incarnation CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    lease_token       BIGINT UNSIGNED NOT NULL DEFAULT 0,
    lease_until       DATETIME(6) NULL,
    -- counted when a claim is made, given back when it was interrupted; then what became of them
    attempts          INT UNSIGNED NOT NULL DEFAULT 0,
    failed            INT UNSIGNED NOT NULL DEFAULT 0,
    vanished          INT UNSIGNED NOT NULL DEFAULT 0,
    interrupted       INT UNSIGNED NOT NULL DEFAULT 0,
    -- submitted again while it ran
    again             BOOLEAN NOT NULL DEFAULT FALSE,
    error_code        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    error             VARCHAR(2000) CHARACTER SET utf8mb4 NULL,
    created_at        DATETIME(6) NOT NULL DEFAULT NOW(6),
    state_since       DATETIME(6) NOT NULL DEFAULT NOW(6),
    UNIQUE KEY work_identity (work_class, work_key),
    -- state_since last: it serves no order, but counting by class, state and lane then reads this index alone
    KEY work_next (work_class, state, lane, priority, id, state_since),
    KEY work_due (work_class, state, due_at)
) ENGINE = InnoDB;

-- Who owns which duty. The token grows at every change of hands.
CREATE TABLE lease (
    name        VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    owner       VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NULL,
    incarnation CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    token       BIGINT UNSIGNED NOT NULL,
    lease_until DATETIME(6) NOT NULL
) ENGINE = InnoDB;

-- Messages that failed and wait for their next attempt, and those queued behind them (due_at is null).
CREATE TABLE deferred_message (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    consumer_group VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    topic          VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    record_key     VARBINARY(512) NOT NULL,
    partition_no   INT NOT NULL,
    record_offset  BIGINT NOT NULL,
    -- tells a record from one of the same offset in a topic that was made anew
    record_time    BIGINT NOT NULL,
    value          LONGBLOB NULL,
    headers        MEDIUMBLOB NOT NULL,
    attempts       INT UNSIGNED NOT NULL DEFAULT 0,
    due_at         DATETIME(6) NULL,
    error_code     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    error          VARCHAR(2000) CHARACTER SET utf8mb4 NULL,
    created_at     DATETIME(6) NOT NULL DEFAULT NOW(6),
    UNIQUE KEY deferred_record (consumer_group, topic, partition_no, record_offset, record_time),
    KEY deferred_key (consumer_group, topic, record_key, id),
    KEY deferred_due (consumer_group, topic, due_at)
) ENGINE = InnoDB;

-- Work and messages given up on, with their exact bytes and the cause. The id is a UUIDv7: its order is that of time.
CREATE TABLE dead_letter (
    id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    -- work, message, outbox
    source        VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- work class or topic
    origin        VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    record_key    BLOB NOT NULL,
    -- of a message; null for work and outbox rows, which never collide in dead_letter_record
    partition_no  INT NULL,
    record_offset BIGINT NULL,
    record_time   BIGINT NULL,
    error_code    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cause         VARCHAR(4000) CHARACTER SET utf8mb4 NOT NULL,
    attempts      INT UNSIGNED NOT NULL,
    value         LONGBLOB NULL,
    headers       MEDIUMBLOB NOT NULL,
    created_at    DATETIME(6) NOT NULL DEFAULT NOW(6),
    UNIQUE KEY dead_letter_record (origin, partition_no, record_offset, record_time),
    KEY dead_letter_code (error_code, id)
) ENGINE = InnoDB;

-- The inbox (event ids already handled) comes with issue 2 of the series, as V0002.
