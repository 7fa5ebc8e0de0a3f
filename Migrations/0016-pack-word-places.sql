-- The places of a word are kept by the thousand: to read all of them takes less time now than it
-- took to find the best. What filters ask for (labels, causes, states) is found like words.
DROP TABLE wordPlace;

CREATE TABLE wordBlock (
  id INTEGER PRIMARY KEY,                -- word * 2^24 + incident / 1000
  places BLOB NOT NULL CHECK (length(places) > 0)    -- as WordBlock.swift describes
) STRICT;

-- All words are indexed anew when the file is opened to be written.
DELETE FROM wordList;
DELETE FROM word;
UPDATE wordTotal SET incidents = 0, length = 0, version = 0;
