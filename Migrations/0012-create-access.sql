-- What lets a client in; the secret itself is nowhere, only its hash.
-- AUTOINCREMENT: an id is never given twice, so that what was done under one stays its own.
CREATE TABLE token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  scopes TEXT NOT NULL CHECK (length(scopes) > 0),      -- words with a blank between, sorted
  createdAt INTEGER NOT NULL CHECK (createdAt >= 0),    -- milliseconds since 1970 UTC
  expiresAt INTEGER CHECK (expiresAt >= 0),             -- milliseconds since 1970 UTC; null: never
  revokedAt INTEGER CHECK (revokedAt >= 0)              -- milliseconds since 1970 UTC; null: not
) STRICT;

-- A name may be given again once its token is revoked.
CREATE UNIQUE INDEX tokenByName ON token (name) WHERE revokedAt IS NULL;

-- Who did what: only ever appended to, each entry holding the hash of the one before.
-- AUTOINCREMENT: the engine remembers the last number given, so that a missing end shows.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL CHECK (at >= 0),                  -- milliseconds since 1970 UTC
  actor TEXT NOT NULL CHECK (length(actor) > 0),        -- token:NAME, user:NAME, local or anonymous
  action TEXT NOT NULL CHECK (length(action) > 0),      -- for example POST /api/v1/incidents
  target TEXT NOT NULL,                                 -- what it was done to; may be empty
  result TEXT NOT NULL CHECK (length(result) > 0),      -- for example 201
  previous TEXT NOT NULL,                               -- hash of the entry before; empty at first
  hash TEXT NOT NULL CHECK (length(hash) = 64)          -- SHA-256 over all of the above
) STRICT;

CREATE TRIGGER auditIsNotChanged BEFORE UPDATE ON audit
BEGIN
  SELECT raise(ABORT, 'entries of the audit log are never changed');
END;

CREATE TRIGGER auditIsNotDeleted BEFORE DELETE ON audit
BEGIN
  SELECT raise(ABORT, 'entries of the audit log are never deleted');
END;
