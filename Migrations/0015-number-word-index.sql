-- Which version of the index the words of incidents are in; when it is an older one than the
-- program's they are indexed anew as soon as the file is opened to be written.
ALTER TABLE wordTotal ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0);
