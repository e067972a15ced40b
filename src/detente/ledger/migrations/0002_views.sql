-- What `detente sql` is for: the records that count, without the inner columns.
CREATE VIEW v_documents AS
  SELECT d.id, d.published, d.title, d.publisher, d.url, d.kind, d.issuer, d.side, d.language, d.reprint_of, d.text, c.coder
  FROM documents d LEFT JOIN codings c ON c.document = d.id AND c.current;
COMMENT ON VIEW v_documents IS 'Documents as filed, with the coder whose records count. `side`: country whose own account (readout, statement) it is.';

CREATE VIEW v_events AS
  SELECT e.id, e.document, d.published, e.type, e.mode, e.act, e.status, e.reciprocal, e.start_date, e.end_date, e.place,
    e.place_country, e.said_by, e.quad, e.score, e.confidence, e.words, e.coder,
    list(p.name ORDER BY p.position) FILTER (p.side = 'actor') AS actors,
    list(DISTINCT p.country ORDER BY p.country) FILTER (p.side = 'actor' AND p.country IS NOT NULL) AS actor_countries,
    list(p.name ORDER BY p.position) FILTER (p.side = 'recipient') AS recipients,
    list(DISTINCT p.country ORDER BY p.country) FILTER (p.side = 'recipient' AND p.country IS NOT NULL) AS recipient_countries
  FROM events e JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current
  JOIN documents d ON d.id = e.document LEFT JOIN participants p ON p.event = e.id
  GROUP BY ALL;
COMMENT ON VIEW v_events IS 'Events as each document tells them, in PLOVER terms. Only status happened, ongoing and historical took place.';

CREATE VIEW v_participants AS
  SELECT p.* FROM participants p JOIN events e ON e.id = p.event
  JOIN codings c ON c.document = e.document AND c.coder = e.coder AND c.current;
COMMENT ON VIEW v_participants IS 'Who stands on which side (actor, recipient) of an event, in order, with the office held on the day.';

CREATE VIEW v_statements AS
  SELECT s.id, s.document, d.published, s.speaker, s.speaker_id, s.level, s.role, s.side, s.addressee, s.form, s.issues, s.tone,
    s.forecast, s.said_on, s.confidence, s.words, s.coder
  FROM statements s JOIN codings c ON c.document = s.document AND c.coder = s.coder AND c.current
  JOIN documents d ON d.id = s.document;
COMMENT ON VIEW v_statements IS 'Who said what. `side`: country spoken for; `tone` from -1 to 1.';

CREATE VIEW v_signals AS
  SELECT s.id, s.document, d.published, s.government, s.towards, s.issues, s.scale, s.rung, s.label, s.said_on, s.words, s.coder
  FROM signals s JOIN codings c ON c.document = s.document AND c.coder = s.coder AND c.current
  JOIN documents d ON d.id = s.document;
COMMENT ON VIEW v_signals IS 'Graded formulas of diplomatic language, each with its rung on its scale.';

CREATE VIEW v_episodes AS SELECT * EXCLUDE (record) FROM episodes;
COMMENT ON VIEW v_episodes IS 'Events merged over sentences and documents, in the dyad first-second (ISO alpha-3, order of the alphabet). `realised`: took place.';

CREATE VIEW v_contacts AS SELECT * EXCLUDE (record) FROM contacts;
COMMENT ON VIEW v_contacts IS 'Consultations that took place: participants, channel, mode, days, place.';

CREATE VIEW v_commitments AS SELECT * EXCLUDE (record) FROM commitments;
COMMENT ON VIEW v_commitments IS 'Who undertook what towards whom, and what became of it by the day in `as_of`.';

CREATE VIEW v_channels AS SELECT * EXCLUDE (record) FROM channels;
COMMENT ON VIEW v_channels IS 'The channels of a dyad as of the day in `as_of`: last contact, usual interval in days, open, quiet or suspended.';
