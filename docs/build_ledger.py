"""Writes ledger.md: how the ledger is kept, and its views, read off a database that is made for it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pages import DOCS, run

from detente.ledger import query, writing

PAGE = DOCS / "ledger.md"

INTRODUCTION = """\
One DuckDB file holds the documents, the records coded from them, and what the records come to. By default it is
`relations.duckdb` in your data folder (`~/.local/share/detente`); `--db FILE`, the setting `db` or the variable
`DETENTE_DB` name another.

```sh
detente add news/ readouts.jsonl https://example.org/statement.html   # read, code, file
detente brief USA CHN                                                 # the state of a relation
detente watch feeds.toml                                              # go on reading feeds
detente recode                                                        # after an upgrade
detente forget DOCUMENT                                               # take one text out
```

## How it is filed

- **Once.** A document is known by its id: the one that the input gives, or one made of date, publisher, title and text. What is
  filed already is passed over, so a run can be repeated. Another text under a known id is set aside.
- **Whole.** A batch of 16 documents with all their records is one transaction. After a kill at any moment no document is half
  filed, and the next run with the same input goes on with the first that is missing.
- **Reprints** are kept as sources. A text that shares seven tenths of its runs of five words with an earlier one counts as its
  reprint: only records of sentences that the earlier text lacks are filed, and the episodes of the earlier one name both.
- **One writer, many readers.** A second process that wants to file is refused. Readers wait for the moment that a batch takes to
  be written.
- **Upgrades.** `detente recode` codes every document anew, files the new records beside the old and prints what was added, removed
  and changed. Only the records of the current coder count; the old ones stay in the tables `events`, `statements` and
  `signals`, under the name of their coder.
- **Reviews lie over the records.** What a person says of an event or a statement ([Review](review.md)) is filed in `reviews` and never
  changed. `v_events` and `v_statements`, and all that is made of them, have the records as reviewed; `v_events_coded` and
  `v_statements_coded` as the coder made them. A review finds its record again by the document and the place of the trigger, or of the
  words said, also after `detente recode`; one that does not (`found` in `v_reviews`) is kept. `detente forget` takes a document and its records out, and leaves the reviews.
- **The schema has a version.** Writing brings an older file up to date; a newer one is refused.

## What is made of it

After filing, each dyad that got new records, or lost some, is worked out anew.

| | what | how |
| --- | --- | --- |
| episode | the same event, told by several sentences and documents | same dyad, kind of deed, people, days and place; what took place and what was only to come are never one |
| contact | a consultation that took place | channel by the level of those who met, mode by where and how |
| channel | a dyad at a level, working groups by issue, as of a day | last contact, usual interval (the median), overdue after twice as long, suspended and by whose words |
| commitment | who undertook what towards whom, due when | *confirmed*, *silent* or *denied* by the other side; *open*, *kept*, *lapsed*, *contradicted* or *superseded*, with the records that show it; a lapse that nobody tells of names the promise, and counts the later documents that are silent |
| signal | a graded formula of diplomatic language | the table `lexicon/data/ladder.tsv`, in context |

In the views the state of channels and commitments is that of the day in `as_of`: the last day of publication in the ledger when the
dyad was last worked out. `detente brief` and the lists work it out for the last day of publication now, or for `--until DATE` from
what was published until then. One text that is dated in the future moves that day for all: look with
`detente sql "SELECT max(published) FROM v_documents"`.

## Views

`detente sql QUESTION` puts a question in [DuckDB's SQL](https://duckdb.org/docs/sql/introduction) to these views. It sees the
ledger and nothing else: it can change nothing, and neither read nor write other files. The tables below the views are not part of what stays the same between versions.

```sh
detente sql "SELECT start_date, participants, place FROM v_contacts WHERE first = 'CHN' AND second = 'USA' ORDER BY 1"
```"""

# One meaning for a name, wherever it stands.
COLUMNS = {
    "act": "the type that the words name, where PLOVER makes cooperation to come AGREE",
    "actor": "id of the actor; in an imported row the name",
    "actor_code": "code of the actor as published",
    "actor_countries": "countries of the actors, ISO 3166-1 alpha-3",
    "actor_country": "country of the actor, ISO 3166-1 alpha-3",
    "actor_sectors": "PLOVER sectors of the actor",
    "actors": "those who act",
    "addressee": "who is spoken to",
    "adjudicates": "whether it settles what others contradict each other in",
    "admin1": "first-level division: name, or code as published",
    "as_of": "the day for which this was worked out",
    "channel": "leader, foreign minister, security adviser, defence, economic, ambassador, working group: climate, …",
    "claimed_by": "countries whose own account or officials say so",
    "code": "code of the event as published",
    "code_scheme": "cameo, plover or acled",
    "coded": "the record as coded, as JSON",
    "coder": "version of the coder; of a review that of the record it was about",
    "collection": "GDELT's kind of source: 1 web, 2 citation, …",
    "confidence": "probability that it is right",
    "confirmation": "what the other side's words make of it",
    "contacts": "how many there were",
    "contexts": "PLOVER contexts",
    "country": "ISO 3166-1 alpha-3",
    "dataset": "gdelt, icews, polecat, phoenix, terrier, acled, plover",
    "document": "id of the document; in an imported row id or address of the story",
    "documents": "ids of the documents that tell it, reprints too",
    "drawn": "how the record came up: chosen, certainty, or random with its seed; then the dyad, if it was drawn within one",
    "due_end": "last day by which it is due",
    "due_start": "first day on which it is due",
    "end_date": "last day",
    "episode": "id of the episode",
    "event": "id of the event",
    "fields": "the fields that were corrected",
    "file": "file as it was named",
    "first": "the country of the dyad that comes first in the alphabet",
    "first_report": "day of the first publication",
    "first_seen": "when GDELT first saw the event",
    "forecast": "whether it is a prediction",
    "form": "direct, indirect or mixed",
    "format": "format of the file",
    "found": "whether the current coder still has such a record",
    "geonames_id": "GeoNames id of the place",
    "government": "whose words, ISO alpha-3 or the id of an organisation",
    "id": "id of the record",
    "import": "number of the import",
    "issuer": "who has issued it, as the source says",
    "issues": "issues of `issues.tsv`",
    "judged": "the record as the reviewer has it, as JSON; null: rejected",
    "kind": "of a document: news, readout, statement, transcript; of a commitment: promise, invitation, agreement, meeting, threat; "
    "of a review: events or statements",
    "record": "id of the record that a review is about, as now coded",
    "label": "the rung's name",
    "language": "as the source says",
    "last_contact": "its day",
    "last_report": "day of the last publication",
    "lat": "degrees, WGS 84",
    "level": "level of the office held",
    "line": "line of the file, from 1",
    "lon": "degrees, WGS 84",
    "made_by": "who undertook it",
    "made_on": "day of the undertaking",
    "member": "name of the file in an archive, else empty",
    "mentioned": "when it was told",
    "mode": "PLOVER mode of an event; of a contact: visit, hosted, third country, multilateral margin, phone, video, letter, meeting",
    "name": "name of the actor",
    "next_contact": "day of the next planned contact",
    "number": "number of the import or of the review, in the order of filing",
    "office": "office held on that day",
    "organisations": "as published",
    "overdue": "whether more than twice the usual interval has passed",
    "participants": "who took part",
    "persons": "as published",
    "place": "name of the place",
    "place_country": "its country",
    "places": "as published",
    "position": "order on the side, from 0",
    "published": "day of publication, of an imported document the time",
    "publisher": "as the source says",
    "quad": "quad class, under PLOVER's scheme if no other is named",
    "quad_scheme": "who counts so: plover or gdelt",
    "raw": "the bytes as they stand in the file",
    "realised": "whether it took place",
    "reason": "why it could not be read",
    "recipient": "the other side",
    "recipient_code": "code of the recipient as published",
    "recipient_countries": "countries of the recipients",
    "recipient_country": "country of the recipient",
    "recipient_sectors": "PLOVER sectors of the recipient",
    "recipients": "those towards whom",
    "reciprocal": "whether all are actors",
    "reports": "ids of the events merged; of an imported row how many mentions it had",
    "reprint_of": "id of the document that it reprints",
    "reviewed_at": "when, UTC",
    "reviewer": "who",
    "role": "party, spokesperson, observer, media, unnamed",
    "rows": "rows filed",
    "rung": "place on the scale; higher is graver",
    "said_by": "who vouches for it, or whose words suspended the channel",
    "said_on": "day on which it was said",
    "scale": "which ladder",
    "score": "PLOVER score, −10 to 10; of an imported row as its scheme says",
    "score_scheme": "whose score: plover or goldstein",
    "second": "the other country",
    "sentence": "number of the sentence, from 0",
    "set_aside": "rows that could not be read",
    "settled_by": "ids of the records that settle it; where nothing tells of it, of the promise and of a later document",
    "settled_on": "day on which it was settled",
    "sha256": "SHA-256 of the whole file",
    "side": "country spoken for, or whose own account a document is; of a participant: actor or recipient",
    "since": "day from which the state holds",
    "speaker": "who says it",
    "speaker_id": "the speaker's id",
    "start_date": "first day",
    "state": "of a commitment or a channel",
    "status": "happened, ongoing, planned, possible, hypothetical, denied, cancelled, historical",
    "superseded": "whether the same person has reviewed it again, or another adjudication followed",
    "text": "as stored; offsets of all records refer to it",
    "themes": "as published",
    "title": "as the source gives it",
    "tone": "−1 to 1; GDELT's from −100 to 100",
    "towards": "the other side",
    "trigger_end": "offset of the character after the trigger, or after the words of a statement",
    "trigger_start": "offset of the first character of the trigger, or of the words of a statement",
    "type": "PLOVER type",
    "url": "address",
    "usual_interval": "median days between contacts",
    "verdict": "accept, correct or reject",
    "why": "one line for a reader; of a review the reviewer's reason",
    "words": "the clause that says it",
}


def page() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with writing(path, new=True):
            pass
        views = query(
            path,
            "SELECT view_name, comment FROM duckdb_views() WHERE view_name LIKE 'v@_%' ESCAPE '@' ORDER BY view_oid",
        )[1]
        sql = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
        columns = query(path, sql)[1]
    parts = [
        "<!-- Written by docs/build_ledger.py from the database itself: change that. -->",
        "# The ledger",
        INTRODUCTION,
    ]
    for view, comment in views:
        rows = [
            f"| `{name}` | {str(kind).lower()} | {COLUMNS[str(name)]} |" for of, name, kind in columns if of == view
        ]
        parts += [f"### {view}", str(comment), "\n".join(["| column | type | what |", "| --- | --- | --- |", *rows])]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    run(PAGE, page)
