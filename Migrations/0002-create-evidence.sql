-- Raw bytes as they came, each content once.
CREATE TABLE capture (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  size INTEGER NOT NULL CHECK (size = length(bytes)), -- bytes
  bytes BLOB NOT NULL
) STRICT;

CREATE INDEX captureBySize ON capture (size);

-- A capture that belongs to an incident, under the name it came with.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL REFERENCES capture (sha256) ON DELETE RESTRICT,
  source TEXT NOT NULL CHECK (length(source) > 0),
  format TEXT CHECK (length(format) > 0),             -- null: not recognised
  capturedAt INTEGER CHECK (capturedAt >= 0),         -- milliseconds since 1970 UTC; null: not known
  addedAt INTEGER NOT NULL CHECK (addedAt >= 0),      -- milliseconds since 1970 UTC
  UNIQUE (incident, sha256, source)
) STRICT;

CREATE INDEX evidenceByCapture ON evidence (sha256);

-- What was said about an incident; the largest id is the latest.
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),                -- milliseconds since 1970 UTC
  cause TEXT NOT NULL CHECK (length(cause) > 0),      -- the best explanation
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  culprit TEXT,                                       -- the function to open first
  rules TEXT NOT NULL,                                -- SHA-256 of the playbooks that judged
  json TEXT NOT NULL CHECK (json_valid(json))         -- the whole diagnosis
) STRICT;

CREATE INDEX verdictByIncident ON verdict (incident);

-- The heaviest functions of a profile, so that lists need not parse it again.
CREATE TABLE profileSummary (
  sha256 TEXT NOT NULL REFERENCES capture (sha256) ON DELETE CASCADE,
  sampleType TEXT NOT NULL,                           -- as Go writes it, for example inuse_space
  rank INTEGER NOT NULL CHECK (rank >= 1),            -- 1 is the heaviest
  function TEXT NOT NULL,
  flat INTEGER NOT NULL,                              -- in the unit of the sample type
  cum INTEGER NOT NULL,                               -- in the unit of the sample type
  total INTEGER NOT NULL,                             -- of all samples, in the same unit
  PRIMARY KEY (sha256, sampleType, rank)
) STRICT, WITHOUT ROWID;
