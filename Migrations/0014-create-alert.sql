-- One time that an alert fired, from its start to its end.
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

-- The incident that alerts of a group go to, as long as it is not closed.
CREATE TABLE alertGroup (
  key TEXT PRIMARY KEY CHECK (length(key) > 0),    -- a hash of the group and the service
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  openedAt INTEGER NOT NULL CHECK (openedAt >= 0)  -- milliseconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE INDEX alertGroupByIncident ON alertGroup (incident);
CREATE INDEX alertGroupByTime ON alertGroup (openedAt);
