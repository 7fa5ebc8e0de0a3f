-- Whether a person gave the severity: 1, or 0 while verdicts may raise it.
-- Of incidents that were there before nobody knows, so they stay as they are.
ALTER TABLE incident
ADD COLUMN isSeverityGiven INTEGER NOT NULL DEFAULT 1 CHECK (isSeverityGiven IN (0, 1));
