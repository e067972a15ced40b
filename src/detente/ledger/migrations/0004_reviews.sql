-- What people make of the coder's records: a row a verdict, never changed and never taken out. The record that it is
-- about is known by its document and the place of its trigger; `sides` (where the parties stand) tells two records of one
-- trigger apart. `coded` and `judged` are the record as coded and as the reviewer has it (JSON; NULL: rejected).
CREATE TABLE reviews (
  number INTEGER PRIMARY KEY,
  document VARCHAR NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  sides VARCHAR NOT NULL,
  reviewer VARCHAR NOT NULL,
  reviewed_at TIMESTAMP NOT NULL,
  verdict VARCHAR NOT NULL,
  adjudicates BOOLEAN NOT NULL,
  fields VARCHAR[] NOT NULL,
  why VARCHAR NOT NULL,
  drawn VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  coded VARCHAR NOT NULL,
  judged VARCHAR
);

-- Which record of a coder each review is about, as coded; found anew when a document is coded anew.
CREATE TABLE reviewed_events (
  number INTEGER NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  event VARCHAR NOT NULL
);

-- Records as coded in whose place the reviews have put another (`stands`: its id in `events`) or none (NULL).
CREATE TABLE replaced_events (
  id VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  sentence INTEGER NOT NULL,
  type VARCHAR NOT NULL,
  mode VARCHAR,
  act VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  reciprocal BOOLEAN NOT NULL,
  start_date DATE,
  end_date DATE,
  place VARCHAR,
  place_country VARCHAR,
  said_by VARCHAR,
  quad VARCHAR NOT NULL,
  score DOUBLE,
  confidence DOUBLE NOT NULL,
  words VARCHAR NOT NULL,
  record VARCHAR NOT NULL,
  stands VARCHAR,
  dyads VARCHAR[] NOT NULL
);

-- The records of the current coders as these have made them, whatever reviews say.
CREATE VIEW coded_events AS
  SELECT e.* FROM events e JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current
  WHERE NOT EXISTS (
    SELECT 1 FROM replaced_events r WHERE r.stands = e.id AND r.document = e.document AND r.coder = e.coder
  )
  UNION ALL BY NAME
  SELECT r.* EXCLUDE (stands, dyads) FROM replaced_events r
  JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current;

CREATE VIEW v_events_coded AS
  SELECT e.id, e.document, d.published, e.type, e.mode, e.act, e.status, e.reciprocal, e.start_date, e.end_date, e.place,
    e.place_country, e.said_by, e.quad, e.score, e.confidence, e.words, e.coder,
    list_transform(json_extract(e.record, '$.actors[*].name'), lambda x: x ->> '$') AS actors,
    list_transform(json_extract(e.record, '$.recipients[*].name'), lambda x: x ->> '$') AS recipients
  FROM coded_events e JOIN documents d ON d.id = e.document;
COMMENT ON VIEW v_events_coded IS 'Events as the coder made them, whatever people have said of them since. v_events has them as reviewed.';

CREATE VIEW v_reviews AS
  SELECT r.number, r.document, r.trigger_start, r.trigger_end, r.reviewer, r.reviewed_at, r.verdict, r.adjudicates,
    r.fields, r.why, r.drawn, r.coder, t.event, t.event IS NOT NULL AS found,
    EXISTS (
      SELECT 1 FROM reviews l WHERE l.number > r.number AND l.document = r.document
      AND l.trigger_start = r.trigger_start AND l.trigger_end = r.trigger_end
      -- Of another coder the parties may stand elsewhere.
      AND (l.sides = r.sides OR l.coder <> r.coder)
      AND l.adjudicates = r.adjudicates AND (l.reviewer = r.reviewer OR r.adjudicates)
    ) AS superseded,
    r.coded, r.judged
  FROM reviews r LEFT JOIN (
    SELECT x.number, x.event FROM reviewed_events x
    JOIN codings c ON c.document = x.document AND c.coder = x.coder AND c.current
  ) t ON t.number = r.number;
COMMENT ON VIEW v_reviews IS 'What people have said of the coder''s events: one row a verdict, nothing is ever overwritten.';

COMMENT ON VIEW v_events IS 'Events as each document tells them, in PLOVER terms, with the corrections of reviews (confidence 1); v_events_coded has them as coded. Only status happened, ongoing and historical took place.';
