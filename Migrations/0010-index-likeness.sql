-- A word of incidents' texts, as leakbook cuts them.
CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  incidents INTEGER NOT NULL CHECK (incidents >= 0)  -- how many have the word
) STRICT;

-- The incidents of a word, those in which it says most first.
CREATE TABLE wordPlace (
  word INTEGER NOT NULL,
  place INTEGER NOT NULL,                -- (4095 - impact) * 2^40 + incident; impact 0 to 4095
  PRIMARY KEY (word, place)
) STRICT, WITHOUT ROWID;

-- The words of one incident, for scores and for taking them back.
CREATE TABLE wordList (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  length INTEGER NOT NULL CHECK (length >= 0),       -- words in all fields
  words BLOB NOT NULL                    -- pairs of LEB128 numbers: step to the next id, weight
) STRICT;

-- How many incidents have a word list, and how long these are together.
CREATE TABLE wordTotal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  incidents INTEGER NOT NULL CHECK (incidents >= 0),
  length INTEGER NOT NULL CHECK (length >= 0)        -- words
) STRICT;

INSERT INTO wordTotal (id, incidents, length) VALUES (1, 0, 0);

-- What an incident is compared by: growing stacks, symptoms, probable causes.
CREATE TABLE likeness (
  incident INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),      -- of the normaliser of names
  features TEXT NOT NULL
) STRICT;

-- Something that incidents are found by: a function, a symptom, a cause.
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
CREATE INDEX incidentByCause ON incident (cause, id) WHERE cause IS NOT NULL;

-- The features of before are made anew when an incident is judged again.
DROP TABLE stackFeature;
