-- How dead letters end: tried again by their owner, or dismissed. A closed one stays, with who closed it.
ALTER TABLE dead_letter
    ADD COLUMN state ENUM ('open', 'redriven', 'acknowledged') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'open',
    ADD COLUMN closed_at DATETIME(6) NULL,
    ADD COLUMN closed_by VARCHAR(190) CHARACTER SET utf8mb4 NULL,
    -- since when a newer record of its key is handled, on a compacted topic: nothing is left to be redone
    ADD COLUMN outlived_at DATETIME(6) NULL,
    -- null when closed, so that the same message given up on once more is a letter of its own
    ADD COLUMN is_open BOOLEAN AS (IF(state = 'open', 1, NULL)) VIRTUAL,
    DROP KEY dead_letter_record,
    ADD UNIQUE KEY dead_letter_record (origin, partition_no, record_offset, record_time, is_open),
    DROP KEY dead_letter_code,
    -- a list for each set of filters, in the order of its pages
    ADD KEY dead_letter_state (state, id),
    ADD KEY dead_letter_code (state, error_code, id),
    ADD KEY dead_letter_origin (state, origin, id),
    ADD KEY dead_letter_origin_code (state, origin, error_code, id),
    -- counts and ages are read from it alone
    ADD KEY dead_letter_summary (state, source, origin, error_code, id),
    ADD KEY dead_letter_key (origin, record_key(64));
