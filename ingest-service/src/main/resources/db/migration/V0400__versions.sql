-- What a caller saw of a batch or job, so that a command of theirs can ask that it still is so. Grows with every change of
-- what a command depends on; heartbeats, counts and looks that found the same are none.
ALTER TABLE ingest_batch ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE import_job ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
