CREATE TABLE alert (
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) > 0), -- of its labels, as its sender says
  startsAt INTEGER NOT NULL CHECK (startsAt >= 0), -- milliseconds since 1970 UTC
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  isFiring INTEGER NOT NULL CHECK (isFiring IN (0, 1)),
  lastSeen INTEGER NOT NULL CHECK (lastSeen >= 0), -- milliseconds since 1970 UTC
  PRIMARY KEY (fingerprint, startsAt)
) STRICT, WITHOUT ROWID;

CREATE INDEX alertByIncident ON alert (incident, isFiring);

CREATE INDEX alertByTime ON alert (lastSeen);

CREATE TABLE alertGroup (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),    -- a hash of the group and the service
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  openedAt INTEGER NOT NULL CHECK (openedAt >= 0)  -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX alertGroupByIncident ON alertGroup (incident);

CREATE INDEX alertGroupByTime ON alertGroup (openedAt);

CREATE TRIGGER auditIsNotChanged BEFORE UPDATE ON audit
BEGIN
  SELECT raise(ABORT, 'entries of the audit log are never changed');
END;

CREATE TRIGGER auditIsNotDeleted BEFORE DELETE ON audit
BEGIN
  SELECT raise(ABORT, 'entries of the audit log are never deleted');
END;

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

CREATE TABLE capture (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  size INTEGER NOT NULL CHECK (size = length(bytes)), -- bytes
  bytes BLOB NOT NULL
) STRICT;

CREATE INDEX captureBySize ON capture (size);

CREATE TABLE counter (
  name TEXT PRIMARY KEY CHECK (name IN ('incident')),
  last INTEGER NOT NULL CHECK (last >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  key TEXT PRIMARY KEY CHECK (length(key) > 0), -- platform and event, or platform and signature
  at INTEGER NOT NULL CHECK (at >= 0)           -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveryByTime ON delivery (at);

CREATE TABLE "event" (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (
    kind IN
      ('opened', 'note', 'evidence', 'diagnosed', 'edited', 'mitigated', 'resolved', 'checked',
       'verified', 'reopened', 'not-a-leak', 'duplicate', 'linked', 'unlinked', 'imported')
  ),
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX eventByIncidentAndTime ON event (incident, at);

CREATE TABLE "evidence" (
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

CREATE INDEX evidenceByCapture ON evidence (sha256);

CREATE TABLE frame (
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  function TEXT NOT NULL,                -- as Go writes it, for example main.(*rates).fetch
  PRIMARY KEY (incident, function)
) STRICT, WITHOUT ROWID;

CREATE TABLE "idempotency" (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),
  requestHash TEXT NOT NULL,             -- tells a repetition from another request
  response TEXT,                         -- null: the request has not ended, or was cut off
  incident INTEGER REFERENCES incident (id) ON DELETE SET NULL, -- what it wrote to first
  at INTEGER NOT NULL CHECK (at >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotencyByTime ON idempotency (at);

CREATE TABLE identity (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*')
) STRICT;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,                            -- the number n of INC-n
  title TEXT NOT NULL CHECK (length(title) > 0),
  service TEXT NOT NULL REFERENCES service (name) ON DELETE RESTRICT,
  status TEXT NOT NULL CHECK (
    status IN
      ('open', 'mitigated', 'resolved', 'verified', 'not-a-leak', 'duplicate', 'reopened')
  ),
  severity TEXT NOT NULL CHECK (severity IN ('P0', 'P1', 'P2', 'P3')),
  story TEXT NOT NULL,
  openedAt INTEGER NOT NULL CHECK (openedAt >= 0),   -- milliseconds since 1970 UTC
  updatedAt INTEGER NOT NULL CHECK (updatedAt >= 0), -- milliseconds since 1970 UTC
  cause TEXT CHECK (length(cause) > 0),              -- as settled by a person
  fix TEXT,
  fixCommit TEXT,
  importedCase TEXT,                                 -- the folder it was imported from
  labels TEXT NOT NULL CHECK (json_valid(labels))    -- an object of strings
, isSeverityGiven INTEGER NOT NULL DEFAULT 1 CHECK (isSeverityGiven IN (0, 1))) STRICT;

CREATE INDEX incidentByCause ON incident (cause, id) WHERE cause IS NOT NULL;

CREATE INDEX incidentByImportedCase ON incident (importedCase) WHERE importedCase IS NOT NULL;

CREATE INDEX incidentByServiceAndTime ON incident (service, openedAt);

CREATE INDEX incidentBySeverity ON incident (severity);

CREATE INDEX incidentByStatusAndTime ON incident (status, openedAt);

CREATE INDEX incidentByTime ON incident (openedAt);

CREATE INDEX incidentByUpdate ON incident (updatedAt);

CREATE VIRTUAL TABLE incidentSearch USING fts5 (
  title, story, service, cause, culprit, frames, notes, fix,
  tokenize = "unicode61 tokenchars '_'"
);

CREATE TABLE likeness (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),      -- of the normaliser of names
  features TEXT NOT NULL
) STRICT;

CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  target INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('duplicate-of', 'recurrence-of', 'related-to')),
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  statusBefore TEXT CHECK (length(statusBefore) > 0), -- what a duplicate goes back to; else null
  CHECK (incident <> target),
  CHECK ((kind = 'duplicate-of') = (statusBefore IS NOT NULL)),
  UNIQUE (incident, target, kind)
) STRICT;

CREATE INDEX linkByTarget ON link (target);

CREATE UNIQUE INDEX linkToOriginal ON link (incident) WHERE kind = 'duplicate-of';

CREATE TABLE newsCursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  lastEvent INTEGER NOT NULL CHECK (lastEvent >= 0)
) STRICT;

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

CREATE TABLE service (
  name TEXT PRIMARY KEY CHECK (length(name) > 0),
  limitBytes INTEGER CHECK (limitBytes > 0),         -- bytes its container may use; null: not known
  firstSeen INTEGER NOT NULL CHECK (firstSeen >= 0), -- milliseconds since 1970 UTC
  lastSeen INTEGER NOT NULL CHECK (lastSeen >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

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

CREATE INDEX snapshotBlockByAge ON snapshotBlock (step, start);

CREATE TABLE token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  scopes TEXT NOT NULL CHECK (length(scopes) > 0),      -- words with a blank between, sorted
  createdAt INTEGER NOT NULL CHECK (createdAt >= 0),    -- milliseconds since 1970 UTC
  expiresAt INTEGER CHECK (expiresAt >= 0),             -- milliseconds since 1970 UTC; null: never
  revokedAt INTEGER CHECK (revokedAt >= 0)              -- milliseconds since 1970 UTC; null: not
) STRICT;

CREATE UNIQUE INDEX tokenByName ON token (name) WHERE revokedAt IS NULL;

CREATE TABLE trait (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  incidents INTEGER NOT NULL CHECK (incidents >= 0)  -- how many have the trait
) STRICT;

CREATE TABLE traitPlace (
  trait INTEGER NOT NULL REFERENCES trait (id) ON DELETE RESTRICT,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  PRIMARY KEY (trait, incident)
) STRICT, WITHOUT ROWID;

CREATE INDEX traitPlaceByIncident ON traitPlace (incident);

CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),                -- milliseconds since 1970 UTC
  cause TEXT NOT NULL CHECK (length(cause) > 0),      -- the best explanation
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  culprit TEXT,                                       -- the function to open first
  rules TEXT NOT NULL,                                -- SHA-256 of the playbooks that judged
  json TEXT NOT NULL CHECK (json_valid(json))         -- the whole diagnosis
, evidence TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence))) STRICT;

CREATE INDEX verdictByIncident ON verdict (incident);

CREATE TABLE verification (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('verified', 'not-yet', 'worse')),
  json TEXT NOT NULL CHECK (json_valid(json))        -- everything that was measured
) STRICT;

CREATE INDEX verificationByIncident ON verification (incident);

CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  incidents INTEGER NOT NULL CHECK (incidents >= 0)  -- how many have the word
) STRICT;

CREATE TABLE wordBlock (
  id INTEGER PRIMARY KEY,                -- word * 2^24 + incident / 1000
  places BLOB NOT NULL CHECK (length(places) > 0)    -- as WordBlock.swift describes
) STRICT;

CREATE TABLE wordList (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  length INTEGER NOT NULL CHECK (length >= 0),       -- words in all fields
  words BLOB NOT NULL                    -- pairs of LEB128 numbers: step to the next id, weight
) STRICT;

CREATE TABLE wordTotal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  incidents INTEGER NOT NULL CHECK (incidents >= 0),
  length INTEGER NOT NULL CHECK (length >= 0)        -- words
, version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0)) STRICT;
