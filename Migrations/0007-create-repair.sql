-- A fix that was applied to an incident, and what became of it; the largest id is the latest.
CREATE TABLE repair (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  cause TEXT NOT NULL CHECK (length(cause) > 0),
  fix TEXT NOT NULL CHECK (length(fix) > 0),
  fixCommit TEXT,
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  verifiedAt INTEGER CHECK (verifiedAt >= 0),        -- milliseconds since 1970 UTC; null: not proven
  failedAt INTEGER CHECK (failedAt >= 0)             -- milliseconds since 1970 UTC; null: it holds
) STRICT;

CREATE INDEX repairByIncident ON repair (incident);

INSERT INTO repair (incident, cause, fix, fixCommit, at, author)
SELECT id, cause, fix, fixCommit, updatedAt, 'leakbook'
FROM incident
WHERE status = 'resolved'
  AND cause IS NOT NULL
  AND length(fix) > 0;

-- What later evidence said about a fix; the largest id is the latest.
CREATE TABLE verification (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('verified', 'not-yet', 'worse')),
  json TEXT NOT NULL CHECK (json_valid(json))        -- everything that was measured
) STRICT;

CREATE INDEX verificationByIncident ON verification (incident);

-- Evidence learns what it is for, and of which round of the trouble it is: captures of different
-- rounds, or from before and after a fix, are of different processes and are never compared as one.
CREATE TABLE newEvidence (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL REFERENCES capture (sha256) ON DELETE RESTRICT,
  source TEXT NOT NULL CHECK (length(source) > 0),
  format TEXT CHECK (length(format) > 0),             -- null: not recognised
  capturedAt INTEGER CHECK (capturedAt >= 0),         -- milliseconds since 1970 UTC; null: not known
  addedAt INTEGER NOT NULL CHECK (addedAt >= 0),      -- milliseconds since 1970 UTC
  role TEXT NOT NULL CHECK (role IN ('incident', 'verification')),
  round INTEGER NOT NULL CHECK (round >= 1),          -- 1, and 1 more each time it is reopened
  UNIQUE (incident, sha256, source, role, round)
) STRICT;

INSERT INTO newEvidence (id, incident, sha256, source, format, capturedAt, addedAt, role, round)
SELECT id, incident, sha256, source, format, capturedAt, addedAt, 'incident', 1
FROM evidence;

DROP TABLE evidence;
ALTER TABLE newEvidence RENAME TO evidence;
CREATE INDEX evidenceByCapture ON evidence (sha256);

-- The captures a verdict rests on, as an array of objects with sha256 and source.
ALTER TABLE verdict ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence));

UPDATE verdict
SET evidence = (
  SELECT json_group_array(json_object('sha256', value ->> 'sha256', 'source', value ->> 'source'))
  FROM json_each(verdict.json, '$.evidence')
)
WHERE json_type(json, '$.evidence') = 'array';
