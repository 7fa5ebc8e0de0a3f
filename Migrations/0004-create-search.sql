-- A function in the stacks of an incident's evidence.
CREATE TABLE frame (
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  function TEXT NOT NULL,                -- as Go writes it, for example main.(*rates).fetch
  PRIMARY KEY (incident, function)
) STRICT, WITHOUT ROWID;

-- The words of incidents, cut by leakbook; rowid is the incident's id.
-- It keeps its own copy of the cut text, which is what makes it able to delete.
CREATE VIRTUAL TABLE incidentSearch USING fts5 (
  title, story, service, cause, culprit, frames, notes, fix,
  tokenize = "unicode61 tokenchars '_'"
);

-- What makes incidents alike: stack keys, facts, words.
CREATE TABLE stackFeature (
  incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (length(kind) > 0), -- for example goroutine, heap, fact or word
  feature TEXT NOT NULL,
  weight REAL NOT NULL,                  -- without unit, as the ranking sets it
  PRIMARY KEY (incident, kind, feature)
) STRICT, WITHOUT ROWID;

CREATE INDEX stackFeatureByFeature ON stackFeature (feature, kind, weight);
