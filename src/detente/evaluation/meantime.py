"""`detente evaluate meantime`: time expressions and the status of events, on MEANTIME's articles.

Only the annotated part of an article counts: headline, date line and the first sentences, six lines in all (a line is a
sentence in these files). Time expressions: F1 with the same span (strict), with overlapping spans (relaxed), and
relaxed with the same type or the same value ("value F1" of TempEval-3, UzZaman et al. 2013). Values are compared as
TempEval does: as strings, with `PT7H` and the like normalised.

Status: MEANTIME marks certainty, polarity and time of an event. They become four classes, and so do our eight statuses:

| class    | MEANTIME                                                     | détente                         |
|----------|--------------------------------------------------------------|---------------------------------|
| happened | certain, positive, not future                                | happened, ongoing, historical   |
| planned  | certain, positive, future                                    | planned                         |
| possible | possible, probable or underspecified certainty, if-clauses   | possible, hypothetical          |
| denied   | negative polarity                                            | denied, cancelled               |

Events without these marks, with an underspecified time, or of more than one word and no verb head are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.coding.status import status_of
from detente.evaluation.data import day, digest, read_jsonl, require, shared
from detente.evaluation.measures import Counts, accuracy, calibration_error, macro_f1, per_class
from detente.evaluation.report import CoderLike, Report
from detente.records import Document

if TYPE_CHECKING:
    from detente.coding.analysis import Analysis

FOLDED: Final = {
    "happened": "happened", "ongoing": "happened", "historical": "happened", "planned": "planned",
    "possible": "possible", "hypothetical": "possible", "denied": "denied", "cancelled": "denied",
}  # fmt: skip
_LINES = 6


@dataclass(frozen=True, slots=True)
class _Found:
    """A time expression as characters of the text."""

    start: int
    end: int
    timex: str
    value: str
    text: str


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score dates and status on the articles of a file (by default `../shared/gold/meantime/dev.jsonl`).

    Raises:
        InputError: the gold is missing or not in its format.
    """
    path = data or shared("gold", "meantime", "dev.jsonl")
    rows: list[dict[str, Any]] = []
    totals = dict.fromkeys(("strict", "relaxed", "type", "value"), Counts())
    for number, article in enumerate(read_jsonl(path), 1):
        where = f"line {number}"
        require(article, ("doc_id", "text", "dct", "events", "timex"), path, where)
        document = Document(text=article["text"], id=article["doc_id"], published=day(article["dct"], path, where))
        analysis = coder.code(document).analysis
        for name, counts in _score_dates(article, analysis, rows).items():
            totals[name] += counts
        rows.extend(_score_status(article, analysis))
    events = [row for row in rows if row["part"] == "status"]
    wanted = [row["wanted"] for row in events]
    got = [row["got"] for row in events]
    figures: dict[str, float] = {}
    for name, counts in totals.items():
        figures |= counts.figures(f"timex.{name}")
    figures["status.macro_f1"] = macro_f1(wanted, got)
    figures["status.accuracy"] = accuracy(wanted, got)
    for name, counts in per_class(wanted, got).items():
        figures |= counts.figures(f"status.{name}")
    figures["status.calibration_error"] = calibration_error(
        (row["confidence"], row["wanted"] == row["got"]) for row in events
    )
    misses = tuple(
        f"{row['id']}: wanted {row['wanted']}, got {row['got']}: {row['context']}"
        for row in rows
        if row["wanted"] != row["got"]
    )
    note = "status in four classes; annotated sentences only"
    return Report("meantime", str(path), digest(path), len(rows), figures, misses, tuple(rows), note)


def _annotated_end(text: str) -> int:
    """Where the annotated lines end."""
    breaks = [m.start() for m in re.finditer("\n", text)]
    return breaks[_LINES - 1] if len(breaks) >= _LINES else len(text)


def _score_dates(article: Mapping[str, Any], analysis: Analysis, rows: list[dict[str, Any]]) -> dict[str, Counts]:
    text, limit = article["text"], _annotated_end(article["text"])
    gold = [
        _Found(t["span"][0], t["span"][1], t["type"], t["value"], t["text"])
        for t in article["timex"]
        if t["span"][0] < limit
    ]
    found = []
    for mention in analysis.dates:
        span = analysis.span(mention.start, mention.end)
        if span.start < limit:
            found.append(_Found(span.start, span.end, mention.timex, mention.value, span.text))
    right = dict.fromkeys(("strict", "relaxed", "type", "value"), 0)
    free = list(found)
    for want in gold:
        have = _match(want, free)
        if have is not None:
            free.remove(have)
            right["relaxed"] += 1
            right["strict"] += (have.start, have.end) == (want.start, want.end)
            right["type"] += have.timex == want.timex
            right["value"] += _normal(have.value) == _normal(want.value)
        rows.append(
            {
                "part": "timex", "id": f"{article['doc_id']}@{want.start}", "wanted": _normal(want.value),
                "got": None if have is None else _normal(have.value), "confidence": None,
                "context": _context(text, want.start, want.end), "got_text": have.text if have else None,
            }
        )  # fmt: skip
    for extra in free:
        rows.append(
            {
                "part": "timex", "id": f"{article['doc_id']}@{extra.start}", "wanted": None, "got": extra.value,
                "confidence": None, "context": _context(text, extra.start, extra.end), "got_text": extra.text,
            }
        )  # fmt: skip
    return {name: Counts(count, len(found), len(gold)) for name, count in right.items()}


def _match(want: _Found, free: list[_Found]) -> _Found | None:
    """The expression that overlaps most, the same span first."""
    overlaps = [
        (min(f.end, want.end) - max(f.start, want.start), f) for f in free if f.start < want.end and want.start < f.end
    ]
    return max(overlaps, key=lambda pair: (pair[0], -len(pair[1].text)))[1] if overlaps else None


def _normal(value: str) -> str:
    """Values that mean the same day: a time of day keeps its day and time, XXXX-XX-XX and the empty value are one."""
    return re.sub(r"T(\d\d:\d\d)(?::00)?Z?$", r"T\1", value.strip()) or "XXXX-XX-XX"


def wanted_class(event: Mapping[str, Any]) -> str | None:
    """MEANTIME's marks of an event as one of the four classes, None where they do not say."""
    certainty, polarity, time = event["certainty"], event["polarity"], event["time"]
    if certainty not in ("CERTAIN", "POSSIBLE", "PROBABLE", "UNDERSPECIFIED"):
        return None
    if polarity == "NEG":
        return "denied"
    if certainty != "CERTAIN" or event["special_cases"] == "COND_IF_CLAUSE":
        return "possible"
    if polarity != "POS":
        return None
    return {"NON_FUTURE": "happened", "FUTURE": "planned"}.get(time)


def _score_status(article: Mapping[str, Any], analysis: Analysis) -> Iterator[dict[str, Any]]:
    for event in article["events"]:
        wanted = wanted_class(event)
        if wanted is None:
            continue
        index = _head(analysis, *event["span"])
        if index is None:
            continue
        reading = status_of(analysis, index)
        start, end = event["span"]
        yield {
            "part": "status", "id": f"{article['doc_id']}#{event['id']}", "wanted": wanted,
            "got": FOLDED[reading.status],
            "confidence": reading.confidence, "context": _context(article["text"], start, end), "why": reading.why,
            "status": reading.status,
        }  # fmt: skip


def _head(analysis: Analysis, start: int, end: int) -> int | None:
    """The token that heads the characters [start, end) of the stored text."""
    surface = analysis.surface
    first, last = surface.from_stored(start), surface.from_stored(end)
    span = analysis.doc.char_span(first, last, alignment_mode="expand")
    return None if span is None or not len(span) else int(span.root.i)


def _context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 70) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " / ")
