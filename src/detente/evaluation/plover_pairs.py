"""`detente evaluate plover_pairs`: the type of what a marked source does to a marked target in one sentence.

The 15 classes are those of the published benchmark (Hu et al., ACL 2024): CONCEDE and RETREAT are one, YIELD.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final, Protocol, runtime_checkable

from detente.coding.decide import PairWeights
from detente.coding.pairs import Unseen
from detente.errors import InputError
from detente.evaluation.data import digest, read_text, require, shared
from detente.evaluation.matching import meets_span
from detente.evaluation.measures import accuracy, calibration_error, macro_f1, per_class
from detente.evaluation.report import CoderLike, Report, Variable
from detente.records import Document, Event, Participant

QUAD: Final = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "1"),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), "2"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "3"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "4"),
}
# The digest of the pairs that the shipped model has learned from.
LEARNED: Final = "b184c7623cb05a48011adabd951f1a7f7efa8c80059ef4dc12c3d3231de5f5d3"
# What models of the same recipe, each trained without one fold, say of its pairs; `training/relation` writes it.
FOLDS: Final = Path(__file__).with_name("plover_pairs_folds.json")
Ranges = Sequence[tuple[int, int]]


@runtime_checkable
class PairClassifier(Protocol):
    """A coder that classifies a given pair directly, instead of by the events that it finds in the sentence."""

    def classify_pair(
        self, sentence: str, source: str, target: str, unseen: Unseen | None = None
    ) -> tuple[str, float] | None:
        """PLOVER type and confidence, None without an answer; `unseen` is what a model and weights that have not
        learned from the sentence say of it."""


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
    learned = getattr(coder, "relation", None) is not None and digest(path) == LEARNED
    folds = json.loads(FOLDS.read_text(encoding="utf-8")) if learned and FOLDS.exists() else None
    if learned and folds is None and isinstance(coder, Variable):
        # The shipped model knows these very pairs: without answers of models that do not, the rules must do.
        coder = coder.using("rules")
    runs = folds["runs"] if folds else []
    told = _told(runs[0]) if runs else [None] * len(rows)
    answers = [_answer(coder, row, unseen) for row, unseen in zip(rows, told, strict=True)]
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
    if folds:
        figures |= _spread(coder, rows, wanted, answers, runs)
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
        note=_note(learned, folds is not None),
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


def _note(learned: bool, cross_validated: bool) -> str:
    if cross_validated:
        return (
            "rules: development data; model and weights: cross-validated by sentence, each answer by ones that have "
            "not seen it"
        )
    if learned:
        return "rules alone, development data: the model has learned from these pairs, and cross-validation is not kept"
    return ""


def _spread(
    coder: CoderLike,
    rows: Sequence[dict[str, str]],
    wanted: Sequence[str],
    answers: Sequence[tuple[str, float] | None],
    runs: Sequence[dict[str, Any]],
) -> dict[str, float]:
    """How far accuracy and macro-F1 differ from fold to fold, and from one seed of training to another."""
    figures: dict[str, float] = {}
    got = [_merge(answer[0]) if answer else None for answer in answers]
    seeds = [got]
    for run in runs[1:]:
        again = (_answer(coder, row, unseen) for row, unseen in zip(rows, _told(run), strict=True))
        seeds.append([_merge(answer[0]) if answer else None for answer in again])
    folds = []
    for fold in sorted(set(runs[0]["fold"])):
        numbers = [i for i, of in enumerate(runs[0]["fold"]) if of == fold]
        folds.append(([wanted[i] for i in numbers], [got[i] for i in numbers]))
    for name, measure in (("accuracy", accuracy), ("macro_f1", macro_f1)):
        values = [measure(*fold) for fold in folds]
        figures |= {f"{name}.folds.least": min(values), f"{name}.folds.most": max(values)}
        figures[f"{name}.folds.sd"] = stdev(values)
        if len(seeds) > 1:
            values = [measure(wanted, seed) for seed in seeds]
            figures |= {f"{name}.seeds.mean": mean(values), f"{name}.seeds.sd": stdev(values)}
    return figures


def _told(run: dict[str, Any]) -> list[Unseen]:
    """What the model and the weights of each row's fold say of it."""
    weights = [PairWeights.read(card) for card in run["weights"]]
    return [Unseen(logits, weights[fold]) for logits, fold in zip(run["logits"], run["fold"], strict=True)]


def _answer(coder: CoderLike, row: dict[str, str], unseen: Unseen | None) -> tuple[str, float] | None:
    if isinstance(coder, PairClassifier):
        pair = row["sentence"], row["source"], row["target"]
        return coder.classify_pair(*pair) if unseen is None else coder.classify_pair(*pair, unseen)
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
