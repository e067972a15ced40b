-- Records by their id, and by their document: without these every look at one of them reads the whole table.
CREATE INDEX events_by_id ON events (id);
CREATE INDEX events_by_document ON events (document);
CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX signals_by_id ON signals (id);
CREATE INDEX signals_by_document ON signals (document);
CREATE INDEX codings_by_document ON codings (document);
