-- What was answered to commands that came with an idempotency key, written in the transaction of their effect: the same
-- key again is answered from here. The same table as every service with messaging's tables has; the gateway has this one
-- of them alone.
CREATE TABLE command_answer (
    -- SHA-256 of the command's name and the key
    key_hash     BINARY(32)  NOT NULL PRIMARY KEY,
    -- SHA-256 of what was asked
    request_hash BINARY(32)  NOT NULL,
    -- null only inside the transaction that is giving it
    answer       MEDIUMBLOB  NULL,
    created_at   DATETIME(6) NOT NULL,
    -- the sweep takes the oldest
    KEY command_answer_age (created_at)
) ENGINE = InnoDB;
