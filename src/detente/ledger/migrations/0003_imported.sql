-- Event data of others, one row a row (`detente.rows.EventRow`), with the file that each came from.
CREATE TABLE imports (
  number INTEGER PRIMARY KEY,
  dataset VARCHAR NOT NULL,
  format VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
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
