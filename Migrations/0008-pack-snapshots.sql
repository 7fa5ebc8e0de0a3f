-- Snapshots are kept in blocks of packed columns: a row a sample took three times the space.
-- No released version wrote to the old table.
DROP TABLE snapshot;

-- The samples of one process in one stretch of time. Where they were rolled up there are four
-- columns a metric: count, min, mean and max of the samples that a step holds.
CREATE TABLE snapshotBlock (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL REFERENCES service (name) ON DELETE CASCADE,
  instance TEXT NOT NULL,                             -- pod, host or address
  step INTEGER NOT NULL CHECK (step IN (0, 300000, 3600000)), -- milliseconds; 0: as they came
  start INTEGER NOT NULL CHECK (start >= 0),          -- milliseconds since 1970 UTC
  samples INTEGER NOT NULL CHECK (samples > 0),       -- count
  columns BLOB NOT NULL CHECK (length(columns) > 8),  -- as PackedColumns.swift describes
  UNIQUE (service, step, start, instance)
) STRICT;

-- What has outlived its step is looked for by age.
CREATE INDEX snapshotBlockByAge ON snapshotBlock (step, start);
