"""`detente evaluate commitments`: what was undertaken, and what became of it, against a marked set of documents.

The data is a file of marked commitments; the documents lie beside its folder (`documents.jsonl`).
Everything is coded, filed into episodes, linked and settled, as of the last day of the year that the documents tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError
from detente.evaluation.data import day, digest, examples, read_json, read_jsonl, require
from detente.evaluation.matching import best_pairs, meets_span
from detente.evaluation.measures import Counts, accuracy
from detente.evaluation.report import CoderLike, Report
from detente.ledger.commitments import find_commitments
from detente.ledger.episodes import build_episodes
from detente.ledger.settlement import settle
from detente.lexicon import load_lexicon
from detente.records import Document, Span
from detente.relations import Commitment, Source, Telling, dyad_of, dyads_of
from detente.relations import Report as Told

_FIELDS: Final = (
    "id", "kind", "by", "towards", "what", "evidence", "due", "claimed_by", "confirmation", "state", "settled_by",
    "optional",
)  # fmt: skip
_MUTUAL: Final = ("agreement", "meeting")
Spans = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked commitment. `evidence` and `settling` are character ranges by document; `others` further answers."""

    row: Mapping[str, Any]
    evidence: Spans
    settling: Spans

    @property
    def optional(self) -> bool:
        return bool(self.row["optional"])

    def accepts(self, field: str, value: str) -> bool:
        return value == self.row[field] or value in self.row.get(f"also_{field}", ())


@dataclass(frozen=True, slots=True)
class Filed:
    """A coded commitment with the spans of its own records, of those that settle it, and of its words."""

    commitment: Commitment
    evidence: Spans
    settling: Spans
    words: Spans


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score the commitments found in a set of documents.

    A coded commitment is a gold one when a record of it overlaps a marked phrase, and the sides are right; one to one,
    the most phrases first. A threat is none of the other kinds, which readers mix up; whether the very kind is right is
    a figure of its own. Figures: `commitment.*` (precision, recall, F1; optional rows count for
    neither), of those found `kind`, `state`, `confirmation`, `claimed_by` and `due` (shares right), `settled.*` (state
    right and not open, of all that are not open), `evidence` (of those rightly settled, the share whose settling record
    overlaps a marked phrase).

    Raises:
        InputError: the data or its documents are missing or not in their format.
    """
    path = data or examples() / "us-china-2023" / "gold" / "commitments.json"
    corpus = path.parent.parent / "documents.jsonl"
    documents = _documents(corpus)
    gold = _gold(path, {document.id: document.text for document in documents})
    until = date(max(d.published.year for d in documents if d.published), 12, 31)
    filed = file_all(coder, documents, gold, until)
    scores = [[_score(row, one) for one in filed] for row in gold]
    pairs = dict(best_pairs(scores)) if gold and filed else {}
    taken = {number: row for row, number in pairs.items()}
    counted = [row for row, item in enumerate(gold) if not item.optional]
    given = [n for n in range(len(filed)) if not (n in taken and gold[taken[n]].optional)]
    right = [(gold[row], filed[pairs[row]]) for row in counted if row in pairs]
    settled_right = [
        (g, f) for g, f in right if f.commitment.state != "open" and g.accepts("state", f.commitment.state)
    ]
    given_settled = [n for n in given if filed[n].commitment.state != "open"]
    wanted_settled = [row for row in counted if gold[row].row["state"] != "open"]
    proved = [_overlap(g.settling, f.settling) > 0 for g, f in settled_right]
    return Report(
        name="commitments",
        data=str(path),
        sha256=digest(path, corpus),
        items=len(counted),
        figures={
            **Counts(len(right), len(given), len(counted)).figures("commitment"),
            "kind": _share(g.accepts("kind", f.commitment.kind) for g, f in right),
            "state": _share(g.accepts("state", f.commitment.state) for g, f in right),
            "confirmation": _share(g.accepts("confirmation", f.commitment.confirmation) for g, f in right),
            "claimed_by": _share(set(g.row["claimed_by"]) == set(f.commitment.claimed_by) for g, f in right),
            "due": _share(_is_due(g.row["due"], f.commitment, path, g.row["id"]) for g, f in right),
            **Counts(len(settled_right), len(given_settled), len(wanted_settled)).figures("settled"),
            "evidence": _share(proved),
            "commitments.given": len(given),
        },
        misses=(
            *(f"missing {_line(gold[row])}" for row in counted if row not in pairs),
            *(f"not marked: {_shown(filed[n].commitment)}" for n in given if n not in taken),
            *(_fault(g, f) for g, f in right if not g.accepts("state", f.commitment.state)),
            *(
                f"{g.row['id']}: settled by another record: {f.commitment.settled.why}"
                for (g, f), shown in zip(settled_right, proved, strict=True)
                if not shown and f.commitment.settled
            ),
        ),
        predictions=tuple(_prediction(item, filed[pairs[n]] if n in pairs else None) for n, item in enumerate(gold)),
    )


def file_all(coder: CoderLike, documents: Sequence[Document], gold: Iterable[Gold], until: date) -> list[Filed]:
    """The commitments of the dyads that are marked, as of a day."""
    told: list[Told] = []
    tellings: list[Telling] = []
    sources: dict[str, Source] = {}
    for document in documents:
        source = Source(
            document.id,
            document.published,
            document.title,
            document.publisher,
            document.url,
            document.kind,
            document.issuer,
        )
        sources[document.id] = source
        coded = coder.code(document)
        told += [Told(event, source) for event in coded.events]
        tellings += [Telling(statement, source) for statement in coded.statements]
    spans = {report.event.id: [report.event.evidence, *report.event.also] for report in told}
    spans |= {telling.statement.id: [telling.statement.content] for telling in tellings}
    texts = {document.id: document.text for document in documents}
    dyads = {dyad_of(g.row["by"]["country"], g.row["towards"]["country"]) for g in gold}
    found: list[Filed] = []
    for dyad in sorted(dyads):
        reports = {report.event.id: report for report in told if dyad in dyads_of(report.event)}
        episodes = build_episodes(dyad, reports.values())
        commitments = find_commitments(dyad, episodes, reports, tellings, sources)
        for one in settle(commitments, episodes, reports, tellings, until, load_lexicon()):
            settling = one.settled.records if one.settled else ()
            evidence = _ranges(one.reports + one.tellings, spans)
            found.append(Filed(one, evidence, _ranges(settling, spans), _words(one, evidence, texts)))
    return found


def _words(one: Commitment, evidence: Spans, texts: Mapping[str, str]) -> Spans:
    """Where the words of a commitment stand within its records."""
    ranges: Spans = {}
    for document, spans in evidence.items():
        for start, end in spans:
            at = texts[document].find(one.words, start, end)
            if at >= 0:
                ranges.setdefault(document, []).append((at, at + len(one.words)))
    return ranges


def _ranges(records: Iterable[str], spans: Mapping[str, Sequence[Span]]) -> Spans:
    ranges: Spans = {}
    for span in (span for record in records for span in spans.get(record, ())):
        ranges.setdefault(span.document, []).append((span.start, span.end))
    return ranges


def _documents(path: Path) -> list[Document]:
    names = ("id", "title", "published", "publisher", "kind", "issuer", "url", "text")
    documents = []
    for number, row in enumerate(read_jsonl(path), 1):
        require(row, names, path, f"line {number}")
        documents.append(
            Document(**{**{n: row[n] for n in names}, "published": day(row["published"], path, row["id"])})
        )
    return documents


def _gold(path: Path, texts: Mapping[str, str]) -> list[Gold]:
    rows = []
    for row in read_json(path):
        require(row, _FIELDS, path, str(row.get("id")))
        settling = [row["settled_by"], *row.get("also_settled_by", ())] if row["settled_by"] else []
        rows.append(
            Gold(row, _marked(row["evidence"], texts, path, row["id"]), _marked(settling, texts, path, row["id"]))
        )
    return rows


def _marked(phrases: Iterable[Mapping[str, str]], texts: Mapping[str, str], path: Path, where: str) -> Spans:
    ranges: Spans = {}
    for item in phrases:
        start = texts.get(item["document"], "").find(item["phrase"])
        if start < 0:
            raise InputError(str(path), f"no such phrase in {item['document']}: {item['phrase']!r}", where=where)
        ranges.setdefault(item["document"], []).append((start, start + len(item["phrase"])))
    return ranges


def _overlap(one: Spans, other: Spans) -> int:
    """How many ranges of the first meet one of the second."""
    return sum(
        meets_span(other.get(document, ()), start, end) for document, ranges in one.items() for start, end in ranges
    )


def _score(gold: Gold, filed: Filed) -> float:
    one = filed.commitment
    if (gold.row["kind"] == "threat") != (one.kind == "threat") or not _sides_fit(gold.row, one):
        return 0.0
    # Of two that overlap as many phrases, the one whose own words do, then the one of the same kind.
    shared = _overlap(gold.evidence, filed.evidence)
    own = _overlap(filed.words, gold.evidence)
    return shared + 0.5 * bool(own) + 0.1 * (gold.row["kind"] == one.kind) if shared else 0.0


def _sides_fit(row: Mapping[str, Any], one: Commitment) -> bool:
    by, towards = row["by"]["country"], row["towards"]["country"]
    bound = {actor.country for actor in one.by}
    if {by, towards} != set(one.dyad):
        return False
    # A visit to come is told as the host's invitation or as the guest's plan.
    return row["kind"] in _MUTUAL or by in bound or (row["kind"], one.kind) == ("invitation", "meeting")


def _is_due(due: Sequence[str] | None, one: Commitment, path: Path, where: str) -> bool:
    """Whether the last day due is right within a month, or both say none."""
    if due is None or one.due_end is None:
        return due is None and one.due_end is None
    return abs((day(due[1], path, where) - one.due_end).days) <= 31


def _share(right: Iterable[bool]) -> float:
    answers = list(right)
    return accuracy([True] * len(answers), answers)


def _line(gold: Gold) -> str:
    row = gold.row
    return f"{row['id']}: {row['kind']} of {row['by']['country']}, {row['state']}: {row['what']}"


def _shown(one: Commitment) -> str:
    by = ", ".join(actor.name for actor in one.by)
    return f"{one.kind} by {by}, {one.state}: {' '.join(one.words.split())} ({', '.join(one.documents)})"


def _fault(gold: Gold, filed: Filed) -> str:
    one = filed.commitment
    why = f": {one.settled.why}" if one.settled else ""
    return f"{gold.row['id']}: wanted {gold.row['state']}, coded {one.state}{why}"


def _prediction(gold: Gold, filed: Filed | None) -> dict[str, Any]:
    one = filed.commitment if filed else None
    return {
        "id": gold.row["id"],
        "wanted": gold.row["state"],
        "got": one.state if one else None,
        "confidence": one.settled.confidence if one and one.settled else None,
        "kind_wanted": gold.row["kind"],
        "kind_got": one.kind if one else None,
        "words": one.words if one else None,
        "why": one.settled.why if one and one.settled else None,
        "optional": gold.optional,
    }
