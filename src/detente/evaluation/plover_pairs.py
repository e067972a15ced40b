"""`detente evaluate plover_pairs`: the type of what a marked source does to a marked target in one sentence.

The 15 classes are those of the published benchmark (Hu et al., ACL 2024): CONCEDE and RETREAT are one, YIELD.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from detente.errors import InputError
from detente.evaluation.data import digest, read_text, require, shared
from detente.evaluation.matching import meets_span
from detente.evaluation.measures import accuracy, calibration_error, macro_f1, per_class
from detente.evaluation.report import CoderLike, Report
from detente.records import Document, Event, Participant

QUAD: Final = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "1"),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), "2"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "3"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "4"),
}
Ranges = Sequence[tuple[int, int]]


@runtime_checkable
class PairClassifier(Protocol):
    """A coder that classifies a given pair directly, instead of by the events that it finds in the sentence."""

    def classify_pair(self, sentence: str, source: str, target: str) -> tuple[str, float] | None:
        """PLOVER type and confidence, None when there is no event between the two."""


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score a TSV with `sentence`, `marked_sentence`, `source`, `target`, `gold_root` and, if there, `gold_penta`.

    Figures: `accuracy` and `macro_f1` of the 15 classes, `quad.*` of the four, `binary.*` of cooperation and conflict
    (`quad.*` by the file's own `gold_penta`), `coverage` (share of rows with an answer; a row without is wrong),
    `accuracy_covered`, `f1.CLASS`, `recall.CLASS`, and `calibration.ece` over the answers.

    Raises:
        InputError: the file is missing, lacks a column, or a marked sentence has no marks.
    """
    path = data or shared("gold", "plover_pairs", "train.tsv")
    rows = _read(path)
    answers = [_answer(coder, row) for row in rows]
    wanted = [_merge(row["gold_root"]) for row in rows]
    got = [_merge(answer[0]) if answer else None for answer in answers]
    quads = [row.get("gold_penta") or QUAD.get(want, "") for row, want in zip(rows, wanted, strict=True)]
    got_quads = [QUAD.get(have) if have else None for have in got]
    covered = [i for i, have in enumerate(got) if have]
    figures = {
        "accuracy": accuracy(wanted, got),
        "macro_f1": macro_f1(wanted, got),
        "quad.accuracy": accuracy(quads, got_quads),
        "quad.macro_f1": macro_f1(quads, got_quads),
        "binary.accuracy": accuracy(*_binary(quads, got_quads)),
        "binary.macro_f1": macro_f1(*_binary(quads, got_quads)),
        "coverage": len(covered) / len(rows) if rows else 0.0,
        "accuracy_covered": accuracy([wanted[i] for i in covered], [got[i] for i in covered]),
        "calibration.ece": calibration_error(
            (answer[1], want == have) for answer, want, have in zip(answers, wanted, got, strict=True) if answer
        ),
    }
    for name, counts in per_class(wanted, got).items():
        figures[f"f1.{name}"] = counts.f1
        figures[f"recall.{name}"] = counts.recall
    predictions = [
        {
            "id": row.get("sentence_id", str(number)),
            "wanted": want,
            "got": have,
            "confidence": answer[1] if answer else None,
            "right": want == have,
            "source": row["source"],
            "target": row["target"],
            "sentence": row["sentence"],
        }
        for number, (row, want, have, answer) in enumerate(zip(rows, wanted, got, answers, strict=True), 1)
    ]
    return Report(
        name="plover_pairs",
        data=str(path),
        sha256=digest(path),
        items=len(rows),
        figures=figures,
        misses=tuple(f"{p['id']} {p['wanted']}, coded {p['got']}: {_marked(p)}" for p in predictions if not p["right"]),
        predictions=tuple(predictions),
        note="rules: development data; a learned model needs cross-validation grouped by sentence_id"
        if data is None
        else "",
    )


def _marked(row: dict[str, Any]) -> str:
    return f"{row['source']} → {row['target']}: {row['sentence']}"


def _binary(wanted: Sequence[str], got: Sequence[str | None]) -> tuple[list[str], list[str | None]]:
    names = {"1": "cooperation", "2": "cooperation", "3": "conflict", "4": "conflict"}
    return [names.get(q, q) for q in wanted], [names.get(q) if q else None for q in got]


def _merge(name: str) -> str:
    return "YIELD" if name in ("CONCEDE", "RETREAT") else name


def _read(path: Path) -> list[dict[str, str]]:
    rows = list(csv.DictReader(read_text(path).splitlines(), delimiter="\t"))
    for number, row in enumerate(rows, 2):
        require(row, ("sentence", "marked_sentence", "source", "target", "gold_root"), path, f"line {number}")
        if not re.search("<[st]>", row["marked_sentence"]):
            raise InputError(str(path), "neither <s>…</s> nor <t>…</t>", where=f"line {number}")
    return rows


def _answer(coder: CoderLike, row: dict[str, str]) -> tuple[str, float] | None:
    if isinstance(coder, PairClassifier):
        return coder.classify_pair(row["sentence"], row["source"], row["target"])
    text, source, target = marks(row["marked_sentence"])
    event = between(coder.code(Document(text=text)).events, source, target)
    return (event.type, event.confidence) if event else None


def marks(marked: str) -> tuple[str, Ranges, Ranges]:
    """The sentence without its marks, and the character ranges that `<s>` and `<t>` marked."""
    plain, at = "", 0
    open_at: dict[str, int] = {}
    ranges: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    for match in re.finditer(r"<(/?)([st])>", marked):
        plain += marked[at : match.start()]
        at = match.end()
        closing, tag = match.groups()
        if not closing:
            open_at[tag] = len(plain)
        elif tag in open_at:
            ranges[tag].append((open_at.pop(tag), len(plain)))
    return plain + marked[at:], ranges["s"], ranges["t"]


def between(events: Iterable[Event], source: Ranges, target: Ranges) -> Event | None:
    """The event from source to target; failing that a mutual one, then one by the source alone whose clause holds the
    target; the most confident of these, None if there is none. A side without ranges (the benchmark's "a recipient",
    "An actor") is not named in the sentence and fits anybody.
    """
    best, key = None, (0, 0.0)
    for event in events:
        rank = _rank(event, source, target)
        if rank and (rank, event.confidence) > key:
            best, key = event, (rank, event.confidence)
    return best


def _rank(event: Event, source: Ranges, target: Ranges) -> int:
    acts = _among(event.actors, source)
    if acts and _among(event.recipients, target):
        return 3
    everyone = event.actors + event.recipients
    if event.reciprocal and _among(everyone, source) and _among(everyone, target):
        return 2
    alone = acts and not event.recipients and meets_span(target, event.evidence.start, event.evidence.end)
    return 1 if alone else 0


def _among(side: Iterable[Participant], ranges: Ranges) -> bool:
    return not ranges or any(meets_span(ranges, who.span.start, who.span.end) for who in side)
