-- The header's mark of a leakbook database: LKBK in ASCII.
PRAGMA application_id = 1280000587;

-- The last number given of each sequence; a number is never given twice.
CREATE TABLE counter (
  name TEXT PRIMARY KEY CHECK (name IN ('incident')),
  last INTEGER NOT NULL CHECK (last >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, last) VALUES ('incident', 0);

-- A service that incidents or snapshots were reported for.
CREATE TABLE service (
  name TEXT PRIMARY KEY CHECK (length(name) > 0),
  limitBytes INTEGER CHECK (limitBytes > 0),         -- bytes its container may use; null: not known
  firstSeen INTEGER NOT NULL CHECK (firstSeen >= 0), -- milliseconds since 1970 UTC
  lastSeen INTEGER NOT NULL CHECK (lastSeen >= 0)    -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

-- One event of memory trouble in one service.
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

CREATE INDEX incidentByTime ON incident (openedAt);
CREATE INDEX incidentByServiceAndTime ON incident (service, openedAt);
CREATE INDEX incidentByStatusAndTime ON incident (status, openedAt);
CREATE INDEX incidentByImportedCase ON incident (importedCase) WHERE importedCase IS NOT NULL;

-- The timeline of incidents; remarks are events of the kind note.
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
