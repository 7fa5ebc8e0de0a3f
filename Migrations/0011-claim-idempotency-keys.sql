-- A key is claimed by the first transaction of its request: a request that a crash cut off is known
-- by it, and not done twice. The answer follows when there is one.
CREATE TABLE claim (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),
  requestHash TEXT NOT NULL,             -- tells a repetition from another request
  response TEXT,                         -- null: the request has not ended, or was cut off
  incident INTEGER REFERENCES incident (id) ON DELETE SET NULL, -- what it wrote to first
  at INTEGER NOT NULL CHECK (at >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

INSERT INTO claim (key, requestHash, response, at)
SELECT key, requestHash, response, at
FROM idempotency;

DROP TABLE idempotency;

ALTER TABLE claim RENAME TO idempotency;

CREATE INDEX idempotencyByTime ON idempotency (at);
