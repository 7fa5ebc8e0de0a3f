-- What was received once, so that a repetition has no effect.
CREATE TABLE delivery (
  key TEXT PRIMARY KEY CHECK (length(key) > 0), -- platform and event, or platform and signature
  at INTEGER NOT NULL CHECK (at >= 0)           -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveryByTime ON delivery (at);

-- Messages on their way out; one that was delivered is gone.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,         -- receivers are told it: never given twice
  destination TEXT NOT NULL CHECK (length(destination) > 0), -- its name, never its address
  message TEXT NOT NULL CHECK (json_valid(message)),
  createdAt INTEGER NOT NULL CHECK (createdAt >= 0), -- milliseconds since 1970 UTC
  expiresAt INTEGER CHECK (expiresAt >= 0),     -- milliseconds since 1970 UTC; null: never
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  nextAttemptAt INTEGER CHECK (nextAttemptAt >= 0), -- milliseconds since 1970 UTC; null: given up
  lastError TEXT
) STRICT;

CREATE INDEX outboxByNextAttempt ON outbox (nextAttemptAt, id);

-- The last event of the timelines that was told of.
CREATE TABLE newsCursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  lastEvent INTEGER NOT NULL CHECK (lastEvent >= 0)
) STRICT;
