-- What a statement may bear on when commitments are merged (`bearing.py`); NULL in rows of older versions: not asked.
ALTER TABLE statements ADD COLUMN bears VARCHAR[];

-- As of which day the tables of a dyad were computed, and the first day (NULL: none) on which they would say something
-- else though nothing more is filed on it: a due date passes, a channel falls quiet, somebody leaves office.
CREATE TABLE derived (first VARCHAR NOT NULL, second VARCHAR NOT NULL, as_of DATE NOT NULL, wake DATE);
DELETE FROM stale;
INSERT INTO stale SELECT DISTINCT first, second FROM event_dyads;

-- Rows that nothing has changed since stand for the last day of the ledger.
CREATE OR REPLACE VIEW v_commitments AS
  SELECT * EXCLUDE (record) REPLACE (coalesce((SELECT max(published) FROM documents), as_of) AS as_of) FROM commitments;
COMMENT ON VIEW v_commitments IS 'Who undertook what towards whom, and what became of it by the day in `as_of`.';

CREATE OR REPLACE VIEW v_channels AS
  SELECT * EXCLUDE (record) REPLACE (coalesce((SELECT max(published) FROM documents), as_of) AS as_of) FROM channels;
COMMENT ON VIEW v_channels IS 'The channels of a dyad as of the day in `as_of`: last contact, usual interval in days, open, quiet or suspended.';
