-- Which document made a dyad stale by being filed (NULL: something else did, and the whole dyad is derived anew).
ALTER TABLE stale ADD COLUMN document VARCHAR;

-- Episodes whose words close or open a channel: the board looks at these alone.
CREATE TABLE turning (first VARCHAR NOT NULL, second VARCHAR NOT NULL, episode VARCHAR NOT NULL);
INSERT INTO stale SELECT DISTINCT first, second, NULL FROM event_dyads;
