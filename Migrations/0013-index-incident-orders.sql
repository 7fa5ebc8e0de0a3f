-- The orders in which incidents are listed besides the time of their opening.
CREATE INDEX incidentByUpdate ON incident (updatedAt);
CREATE INDEX incidentBySeverity ON incident (severity);
