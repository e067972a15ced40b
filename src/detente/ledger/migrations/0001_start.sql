-- Documents as filed. `text` is stored as read: the offsets of all records refer to it. `issuer` is who the source says
-- has issued it, `side` the country whose own account it thereby is.
CREATE TABLE documents (
  id VARCHAR PRIMARY KEY,
  text VARCHAR NOT NULL,
  title VARCHAR,
  published DATE,
  publisher VARCHAR,
  language VARCHAR,
  url VARCHAR,
  kind VARCHAR NOT NULL,
  issuer VARCHAR,
  side VARCHAR,
  turns VARCHAR NOT NULL,
  reprint_of VARCHAR,
  filed_at TIMESTAMP NOT NULL
);

-- Which coder has coded a document. The records of the current one count; older ones stay for comparison.
CREATE TABLE codings (
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  current BOOLEAN NOT NULL
);

-- `record` is the record as on the wire (JSON); the columns are what is searched.
CREATE TABLE events (
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
  record VARCHAR NOT NULL
);

CREATE TABLE participants (
  event VARCHAR NOT NULL,
  side VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  actor VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  country VARCHAR,
  office VARCHAR,
  level VARCHAR
);

-- The dyads each event is in, in the order of the alphabet.
CREATE TABLE event_dyads (
  event VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  second VARCHAR NOT NULL
);

CREATE TABLE statements (
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
  record VARCHAR NOT NULL
);

-- Formulas of diplomatic language, each with its rung.
CREATE TABLE signals (
  id VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  coder VARCHAR NOT NULL,
  government VARCHAR NOT NULL,
  towards VARCHAR,
  issues VARCHAR[] NOT NULL,
  scale VARCHAR NOT NULL,
  rung INTEGER NOT NULL,
  label VARCHAR NOT NULL,
  said_on DATE,
  words VARCHAR NOT NULL,
  record VARCHAR NOT NULL
);

-- MinHash bands of the documents.
CREATE TABLE fingerprints (
  document VARCHAR NOT NULL,
  band TINYINT NOT NULL,
  hash BIGINT NOT NULL
);

-- Dyads with records that the tables below do not know of yet.
CREATE TABLE stale (first VARCHAR NOT NULL, second VARCHAR NOT NULL);

CREATE TABLE episodes (
  id VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  second VARCHAR NOT NULL,
  type VARCHAR NOT NULL,
  act VARCHAR NOT NULL,
  mode VARCHAR,
  status VARCHAR NOT NULL,
  realised BOOLEAN NOT NULL,
  reciprocal BOOLEAN NOT NULL,
  actors VARCHAR[] NOT NULL,
  recipients VARCHAR[] NOT NULL,
  start_date DATE,
  end_date DATE,
  place VARCHAR,
  issues VARCHAR[] NOT NULL,
  reports VARCHAR[] NOT NULL,
  documents VARCHAR[] NOT NULL,
  first_report DATE,
  last_report DATE,
  confidence DOUBLE NOT NULL,
  words VARCHAR NOT NULL,
  record VARCHAR NOT NULL
);

CREATE TABLE contacts (
  id VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  second VARCHAR NOT NULL,
  episode VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  mode VARCHAR NOT NULL,
  participants VARCHAR[] NOT NULL,
  start_date DATE,
  end_date DATE,
  place VARCHAR,
  documents VARCHAR[] NOT NULL,
  confidence DOUBLE NOT NULL,
  record VARCHAR NOT NULL
);

-- As of the day in `as_of`.
CREATE TABLE commitments (
  id VARCHAR NOT NULL,
  first VARCHAR NOT NULL,
  second VARCHAR NOT NULL,
  as_of DATE NOT NULL,
  kind VARCHAR NOT NULL,
  made_by VARCHAR[] NOT NULL,
  towards VARCHAR[] NOT NULL,
  made_on DATE,
  due_start DATE,
  due_end DATE,
  claimed_by VARCHAR[] NOT NULL,
  confirmation VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  settled_on DATE,
  why VARCHAR,
  settled_by VARCHAR[] NOT NULL,
  documents VARCHAR[] NOT NULL,
  confidence DOUBLE NOT NULL,
  words VARCHAR NOT NULL,
  record VARCHAR NOT NULL
);

-- As of the day in `as_of`.
CREATE TABLE channels (
  first VARCHAR NOT NULL,
  second VARCHAR NOT NULL,
  as_of DATE NOT NULL,
  channel VARCHAR NOT NULL,
  contacts INTEGER NOT NULL,
  last_contact DATE,
  usual_interval DOUBLE,
  overdue BOOLEAN NOT NULL,
  next_contact DATE,
  state VARCHAR NOT NULL,
  since DATE,
  said_by VARCHAR,
  record VARCHAR NOT NULL
);

-- When a feed is asked again, and what it wants to be reminded of.
CREATE TABLE feeds (url VARCHAR PRIMARY KEY, state VARCHAR NOT NULL);
