-- What the scanner told of a bundle is stored at once and judged from here: a manifest is read outside of transactions.
ALTER TABLE ingest_batch
    -- When to judge the last look; null when it was judged.
    ADD COLUMN judge_at     DATETIME(6) NULL,
    -- Whether its files are others than those that were judged, or a person asked: either is told in the ledger.
    ADD COLUMN look_changed BOOLEAN     NOT NULL DEFAULT FALSE,
    ADD COLUMN look_asked   BOOLEAN     NOT NULL DEFAULT FALSE,
    -- How often it could not be read.
    ADD COLUMN judge_tries  INT         NOT NULL DEFAULT 0,
    ADD KEY by_judging (judge_at, id);
