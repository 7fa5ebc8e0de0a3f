-- Two incidents that belong together; the row goes when the link turns out to be wrong.
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

CREATE UNIQUE INDEX linkToOriginal ON link (incident) WHERE kind = 'duplicate-of';
CREATE INDEX linkByTarget ON link (target);

-- Before there were links a label named the original.
INSERT INTO link (incident, target, kind, at, author, statusBefore)
SELECT twin.id, original.id, 'duplicate-of', twin.updatedAt, 'leakbook', 'open'
FROM incident AS twin
JOIN incident AS original
  ON 'INC-' || original.id = twin.labels ->> '$."duplicate-of"'
WHERE twin.status = 'duplicate'
  AND twin.id <> original.id;

UPDATE incident
SET labels = json_remove(labels, '$."duplicate-of"')
WHERE status = 'duplicate';

-- What an incident is known by in every base it is carried to.
CREATE TABLE identity (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32 AND uid NOT GLOB '*[^0-9a-f]*')
) STRICT;

INSERT INTO identity (incident, uid)
SELECT id, lower(hex(randomblob(16)))
FROM incident;

-- The timeline learns three more kinds: a check of a fix, a link undone, an incident carried over.
CREATE TABLE newEvent (
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

INSERT INTO newEvent (id, incident, at, author, kind, detail)
SELECT id, incident, at, author, kind, detail
FROM event;

DROP TABLE event;
ALTER TABLE newEvent RENAME TO event;
CREATE INDEX eventByIncidentAndTime ON event (incident, at);
