-- The answers to requests that carried an idempotency key.
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),
  requestHash TEXT NOT NULL,             -- tells a repetition from another request
  response TEXT NOT NULL,
  at INTEGER NOT NULL CHECK (at >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotencyByTime ON idempotency (at);
