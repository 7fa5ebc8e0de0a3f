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

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL CHECK (at >= 0),               -- milliseconds since 1970 UTC
  author TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (
    kind IN
      ('opened', 'note', 'evidence', 'diagnosed', 'edited', 'mitigated', 'resolved', 'verified',
       'reopened', 'not-a-leak', 'duplicate', 'linked')
  ),
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX eventByIncidentAndTime ON event (incident, at);

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

CREATE TABLE frame (
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  function TEXT NOT NULL,                -- as Go writes it, for example main.(*rates).fetch
  PRIMARY KEY (incident, function)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),
  requestHash TEXT NOT NULL,             -- tells a repetition from another request
  response TEXT NOT NULL,
  at INTEGER NOT NULL CHECK (at >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotencyByTime ON idempotency (at);

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
) STRICT;

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

CREATE TABLE service (
  name TEXT PRIMARY KEY CHECK (length(name) > 0),
  limitBytes INTEGER CHECK (limitBytes > 0),         -- bytes its container may use; null: not known
  firstSeen INTEGER NOT NULL CHECK (firstSeen >= 0), -- milliseconds since 1970 UTC
  lastSeen INTEGER NOT NULL CHECK (lastSeen >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
  service TEXT NOT NULL REFERENCES service (name) ON DELETE CASCADE,
  instance TEXT NOT NULL,                -- pod, host or address
  at INTEGER NOT NULL CHECK (at >= 0),   -- milliseconds since 1970 UTC

  -- Go's runtime.MemStats, and runtime.NumGoroutine.
  alloc INTEGER,                         -- bytes
  totalAlloc INTEGER,                    -- bytes, since the start
  sys INTEGER,                           -- bytes
  lookups INTEGER,                       -- count, since the start
  mallocs INTEGER,                       -- objects, since the start
  frees INTEGER,                         -- objects, since the start
  heapAlloc INTEGER,                     -- bytes
  heapSys INTEGER,                       -- bytes
  heapIdle INTEGER,                      -- bytes
  heapInuse INTEGER,                     -- bytes
  heapReleased INTEGER,                  -- bytes
  heapObjects INTEGER,                   -- objects
  stackInuse INTEGER,                    -- bytes
  stackSys INTEGER,                      -- bytes
  mSpanInuse INTEGER,                    -- bytes
  mSpanSys INTEGER,                      -- bytes
  mCacheInuse INTEGER,                   -- bytes
  mCacheSys INTEGER,                     -- bytes
  buckHashSys INTEGER,                   -- bytes
  gcSys INTEGER,                         -- bytes
  otherSys INTEGER,                      -- bytes
  nextGC INTEGER,                        -- bytes, the heap size to collect at
  lastGC INTEGER,                        -- nanoseconds since 1970
  pauseTotalNs INTEGER,                  -- nanoseconds, since the start
  numGC INTEGER,                         -- collections, since the start
  numForcedGC INTEGER,                   -- collections, since the start
  gcCPUFraction REAL,                    -- 0 to 1
  numGoroutine INTEGER,                  -- goroutines

  -- /proc/PID/status and /proc/PID/fd.
  vmSize INTEGER,                        -- bytes
  vmHWM INTEGER,                         -- bytes
  vmRSS INTEGER,                         -- bytes
  rssAnon INTEGER,                       -- bytes
  rssFile INTEGER,                       -- bytes
  rssShmem INTEGER,                      -- bytes
  vmData INTEGER,                        -- bytes
  vmSwap INTEGER,                        -- bytes
  hugetlbPages INTEGER,                  -- bytes
  threads INTEGER,                       -- threads
  fds INTEGER,                           -- open file descriptors

  -- The container's cgroup.
  cgroupUsage INTEGER,                   -- bytes
  cgroupLimit INTEGER,                   -- bytes
  cgroupFailcnt INTEGER,                 -- times the limit was hit
  cgroupWorkingSet INTEGER,              -- bytes without inactive page cache
  cgroupRSS INTEGER,                     -- bytes of anonymous memory
  cgroupCache INTEGER,                   -- bytes of page cache

  PRIMARY KEY (service, instance, at)
) STRICT, WITHOUT ROWID;

CREATE INDEX snapshotByServiceAndTime ON snapshot (service, at);

CREATE TABLE stackFeature (
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (length(kind) > 0), -- for example goroutine, heap, fact or word
  feature TEXT NOT NULL,
  weight REAL NOT NULL,                  -- without unit, as the ranking sets it
  PRIMARY KEY (incident, kind, feature)
) STRICT, WITHOUT ROWID;

CREATE INDEX stackFeatureByFeature ON stackFeature (feature, kind, weight);

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
