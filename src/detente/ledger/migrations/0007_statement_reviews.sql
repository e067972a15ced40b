-- Statements are judged as events are: `kind` is the table of the record. Of a statement `trigger_start` and
-- `trigger_end` are the offsets of its content.
ALTER TABLE reviews ADD COLUMN kind VARCHAR DEFAULT 'events';

ALTER TABLE reviewed_events RENAME COLUMN event TO record;

CREATE TABLE reviewed_statements (
  number INTEGER NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  record VARCHAR NOT NULL
);

-- Statements as coded in whose place the reviews have put another (`stands`: its id in `statements`) or none (NULL).
CREATE TABLE replaced_statements (
  id VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  sentence INTEGER NOT NULL,
  speaker VARCHAR,
  speaker_id VARCHAR,
  level VARCHAR,
  role VARCHAR,
  side VARCHAR,
  addressee VARCHAR,
  form VARCHAR NOT NULL,
  issues VARCHAR[] NOT NULL,
  tone DOUBLE NOT NULL,
  forecast BOOLEAN NOT NULL,
  said_on DATE,
  confidence DOUBLE NOT NULL,
  words VARCHAR NOT NULL,
  record VARCHAR NOT NULL,
  bears VARCHAR[],
  stands VARCHAR
);

CREATE VIEW coded_statements AS
  SELECT s.* FROM statements s JOIN codings c ON c.document = s.document AND c.coder = s.coder AND c.current
  WHERE NOT EXISTS (
    SELECT 1 FROM replaced_statements r WHERE r.stands = s.id AND r.document = s.document AND r.coder = s.coder
  )
  UNION ALL BY NAME
  SELECT r.* EXCLUDE (stands) FROM replaced_statements r
  JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current;

CREATE VIEW v_statements_coded AS
  SELECT s.id, s.document, d.published, s.speaker, s.speaker_id, s.level, s.role, s.side, s.addressee, s.form, s.issues, s.tone,
    s.forecast, s.said_on, s.confidence, s.words, s.coder
  FROM coded_statements s JOIN documents d ON d.id = s.document;
COMMENT ON VIEW v_statements_coded IS 'Statements as the coder made them, whatever people have said of them since. v_statements has them as reviewed.';

COMMENT ON VIEW v_statements IS 'Who said what, with the corrections of reviews (confidence 1); v_statements_coded has them as coded. `side`: country spoken for; `tone` from -1 to 1.';

CREATE OR REPLACE VIEW v_reviews AS
  SELECT r.number, r.kind, r.document, r.trigger_start, r.trigger_end, r.reviewer, r.reviewed_at, r.verdict, r.adjudicates,
    r.fields, r.why, r.drawn, r.coder, t.record, t.record IS NOT NULL AS found,
    EXISTS (
      SELECT 1 FROM reviews l WHERE l.number > r.number AND l.kind = r.kind AND l.document = r.document
      AND l.trigger_start = r.trigger_start AND l.trigger_end = r.trigger_end
      -- Of another coder the parties may stand elsewhere.
      AND (l.sides = r.sides OR l.coder <> r.coder)
      AND l.adjudicates = r.adjudicates AND (l.reviewer = r.reviewer OR r.adjudicates)
    ) AS superseded,
    r.coded, r.judged
  FROM reviews r LEFT JOIN (
    SELECT x.number, x.record FROM (SELECT * FROM reviewed_events UNION ALL SELECT * FROM reviewed_statements) x
    JOIN codings c ON c.document = x.document AND c.coder = x.coder AND c.current
  ) t ON t.number = r.number;
COMMENT ON VIEW v_reviews IS 'What people have said of the coder''s records: one row a verdict, nothing is ever overwritten.';
