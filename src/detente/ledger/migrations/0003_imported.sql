-- Data of others: one row a row, with the file that each came from. `member`: its name in a zip file, else ''.
CREATE TABLE imports (
  number INTEGER PRIMARY KEY,
  dataset VARCHAR NOT NULL,
  format VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  member VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  rows BIGINT NOT NULL,
  set_aside BIGINT NOT NULL
);

-- Rows that could not be read: nothing is dropped in silence.
CREATE TABLE set_aside (
  import INTEGER NOT NULL,
  line BIGINT NOT NULL,
  reason VARCHAR NOT NULL,
  raw BLOB NOT NULL
);

-- Event data (`detente.rows.EventRow`).
CREATE TABLE imported_events (
  import INTEGER NOT NULL,
  line BIGINT NOT NULL,
  dataset VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  start_date DATE,
  end_date DATE,
  actor VARCHAR,
  actor_country VARCHAR,
  actor_code VARCHAR,
  actor_sectors VARCHAR[] NOT NULL,
  recipient VARCHAR,
  recipient_country VARCHAR,
  recipient_code VARCHAR,
  recipient_sectors VARCHAR[] NOT NULL,
  code VARCHAR NOT NULL,
  code_scheme VARCHAR NOT NULL,
  type VARCHAR,
  mode VARCHAR,
  contexts VARCHAR[] NOT NULL,
  status VARCHAR NOT NULL,
  quad VARCHAR,
  quad_scheme VARCHAR,
  score DOUBLE,
  score_scheme VARCHAR,
  place VARCHAR,
  place_country VARCHAR,
  admin1 VARCHAR,
  lat DOUBLE,
  lon DOUBLE,
  geonames_id BIGINT,
  document VARCHAR,
  sentence INTEGER,
  publisher VARCHAR,
  url VARCHAR,
  text VARCHAR,
  reports INTEGER,
  tone DOUBLE,
  confidence DOUBLE,
  extra MAP(VARCHAR, VARCHAR) NOT NULL
);

-- GDELT's mentions of events, and what its knowledge graph says of a document. Offsets count characters.
CREATE TABLE imported_mentions (
  import INTEGER NOT NULL,
  line BIGINT NOT NULL,
  event VARCHAR NOT NULL,
  first_seen TIMESTAMP,
  mentioned TIMESTAMP,
  collection INTEGER,
  publisher VARCHAR,
  document VARCHAR,
  sentence INTEGER,
  confidence DOUBLE,
  tone DOUBLE,
  extra MAP(VARCHAR, VARCHAR) NOT NULL
);

CREATE TABLE imported_documents (
  import INTEGER NOT NULL,
  line BIGINT NOT NULL,
  id VARCHAR NOT NULL,
  published TIMESTAMP,
  collection INTEGER,
  publisher VARCHAR,
  document VARCHAR,
  themes VARCHAR,
  places VARCHAR,
  persons VARCHAR,
  organisations VARCHAR,
  tone DOUBLE,
  extra MAP(VARCHAR, VARCHAR) NOT NULL
);

CREATE VIEW v_imports AS SELECT * FROM imports;
COMMENT ON VIEW v_imports IS 'Files of others'' data that were imported, each once.';

CREATE VIEW v_imported_events AS SELECT * EXCLUDE (extra) FROM imported_events;
COMMENT ON VIEW v_imported_events IS 'Rows of others'' event data. `type`, `mode` and `contexts` are PLOVER''s, by the crosswalk; quad class and score go with the scheme that gave them.';

CREATE VIEW v_imported_mentions AS SELECT * EXCLUDE (extra) FROM imported_mentions;
COMMENT ON VIEW v_imported_mentions IS 'Where GDELT found its events told.';

CREATE VIEW v_imported_documents AS SELECT * EXCLUDE (extra) FROM imported_documents;
COMMENT ON VIEW v_imported_documents IS 'What GDELT''s knowledge graph (GKG) says of documents; lists as published.';

CREATE VIEW v_set_aside AS SELECT s.import, i.file, i.member, s.line, s.reason, s.raw FROM set_aside s JOIN imports i ON i.number = s.import;
COMMENT ON VIEW v_set_aside IS 'Rows of others'' data that could not be read, with the bytes as they stand in the file.';
