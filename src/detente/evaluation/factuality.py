"""`detente evaluate factuality`: did it happen, from -3 (certainly not) to 3 (certainly), against human judgements.

Two kinds of file, told apart by their fields: UDS It-Happened v2 (White et al. 2018; tokenised sentences with target
tokens) and the CommitmentBank (de Marneffe, Simons & Tonhauser 2019; a clause embedded under a verb, in a question,
conditional, modal or negated context). A status becomes a number by `GRADES` (CommitmentBank: how far the author is
committed to it) or `IH2_GRADES` (It-Happened: whether it has happened, so that what is to come is negative). The
classes are positive (1 and above), negative (-1 and below) and uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from detente.coding.status import StatusReading, status_of
from detente.errors import InputError
from detente.evaluation.data import digest, read_jsonl, shared
from detente.evaluation.measures import accuracy, macro_f1
from detente.evaluation.report import CoderLike, Report
from detente.records import Document

GRADES: Final = {
    "happened": 3.0, "ongoing": 3.0, "historical": 3.0, "planned": 1.0, "possible": 0.0, "hypothetical": -0.5,
    "denied": -3.0, "cancelled": -3.0,
}  # fmt: skip
_NO_SPACE_BEFORE = re.compile(r"(?:[.,;:!?%)\]}]|-R[RS]B-|'|''|n't|'(?:s|re|ve|ll|d|m|t)|\.\.\.)", re.IGNORECASE)
# It-Happened asks whether the event happened, so what is to come counts as not happened; rounded medians on 1,200
# sentences of its training part (denied as -1: its negated states are judged either way).
IH2_GRADES: Final = {
    "happened": 2.5, "ongoing": 2.0, "historical": 2.5, "planned": -1.5, "possible": -1.0, "hypothetical": -1.75,
    "denied": -1.0, "cancelled": -1.0,
}  # fmt: skip
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing)\b|n't\b")
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "$", "``", "#"})


@dataclass(frozen=True, slots=True)
class Target:
    """One judged event: characters [start, end) of `text`, and the mean judgement. `negated`: judged was that it
    did not happen; `verb`: the lemma under which its clause stands, if known."""

    id: str
    text: str
    start: int
    end: int
    grade: float
    kind: str = ""
    negated: bool = False
    verb: str = ""


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Mean absolute error, Pearson's r and class figures over the targets of a file or, by default, of
    `../shared/gold/factuality/uds_ih2_dev.jsonl` and `commitmentbank.jsonl`.

    Raises:
        InputError: the gold is missing or not in one of the two formats.
    """
    paths = (
        [data]
        if data
        else [shared("gold", "factuality", name) for name in ("uds_ih2_dev.jsonl", "commitmentbank.jsonl")]
    )
    figures: dict[str, float] = {}
    rows: list[dict[str, Any]] = []
    for path in paths:
        part, targets = _targets(path)
        scored = list(_score(coder, part, targets))
        rows.extend(scored)
        figures |= {f"{part}.{name}": value for name, value in _figures(scored).items()}
    misses = tuple(
        f"{r['id']}: wanted {r['wanted']:.2f}, got {r['status']}: {r['context']}"
        for r in rows
        if r["class"] != r["got_class"]
    )
    note = "graded -3 to 3; statuses as " + "; ".join(
        f"{name}: " + ", ".join(f"{status} {grade:g}" for status, grade in grades.items())
        for name, grades in (("ih2", IH2_GRADES), ("commitmentbank", GRADES))
    )
    return Report(
        "factuality", " ".join(str(p) for p in paths), digest(*paths), len(rows), figures, misses, tuple(rows), note
    )


def _targets(path: Path) -> tuple[str, list[Target]]:
    rows = list(read_jsonl(path))
    if rows and "targets" in rows[0]:
        return "ih2", [t for row in rows for t in _it_happened(row)]
    if rows and "embedding" in rows[0]:
        return "commitmentbank", [t for row in rows if (t := _commitment(row)) is not None]
    raise InputError(
        str(path),
        "neither It-Happened nor CommitmentBank rows",
        right="fields text, targets or target, embedding, mean",
    )


def surface(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens of the Penn Treebank kind as running text, with the characters [start, end) of each."""
    text = ""
    spans: list[tuple[int, int]] = []
    glued = True
    open_quote = False
    for token in tokens:
        shown = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}.get(token, token)
        closing = shown == '"' and open_quote
        if not glued and not closing and not _NO_SPACE_BEFORE.fullmatch(token):
            text += " "
        if shown == '"':
            open_quote = not open_quote
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glued = shown in _NO_SPACE_AFTER or (shown == '"' and open_quote)
    return text, spans


def _it_happened(row: Mapping[str, Any]) -> Iterator[Target]:
    text, spans = surface(row["text"].split(" "))
    for number, target in enumerate(row["targets"]):
        first, last = target["span1"]
        if 0 <= first < last <= len(spans):
            yield Target(f"{row['idx']}.{number}", text, spans[first][0], spans[last - 1][1], float(target["label"]))


def _commitment(row: Mapping[str, Any]) -> Target | None:
    """The embedded clause: the part of the target sentence that shares most words, in order, with the prompt."""
    sentence, context = row["target"], row["context"]
    found = _embedded(sentence, row["prompt"])
    if found is None:
        return None
    lead = f"{context} " if context else ""
    negated = bool(_NEGATION.search(row["prompt"]))
    return Target(
        row["uID"], lead + sentence, len(lead) + found[0], len(lead) + found[1], float(row["mean"]),
        row["embedding"], negated,
        row["verb"],
    )  # fmt: skip


def _embedded(sentence: str, prompt: str) -> tuple[int, int] | None:
    words = [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"[\w'-]+", sentence)]
    wanted = re.findall(r"[\w'-]+", prompt.lower())
    best: tuple[int, int, int] | None = None
    for begin in range(len(words)):
        shared_words, last, at = 0, begin, begin
        for word in wanted:
            for index in range(at, min(at + 4, len(words))):
                if words[index][0] == word:
                    shared_words, last, at = shared_words + 1, index, index + 1
                    break
        if shared_words and (best is None or (shared_words, -(last - begin)) > (best[0], -(best[2] - best[1]))):
            best = (shared_words, begin, last)
    if best is None or best[0] < 2:
        return None
    return words[best[1]][1], words[best[2]][2]


def _score(coder: CoderLike, part: str, targets: Iterable[Target]) -> Iterator[dict[str, Any]]:
    coded: tuple[str, Any] | None = None
    for target in targets:
        if coded is None or coded[0] != target.text:
            coded = target.text, coder.code(Document(text=target.text, id=target.id)).analysis
        reading = _read(coded[1], target)
        grades = IH2_GRADES if part == "ih2" else GRADES
        grade = -grades[reading.status] if target.negated else grades[reading.status]
        yield {
            "part": part, "id": target.id, "wanted": target.grade, "got": grade, "confidence": reading.confidence,
            "status": reading.status, "why": reading.why, "class": grade_class(target.grade),
            "got_class": grade_class(grade),
            "kind": target.kind,
            "context": _context(target),
        }  # fmt: skip


def _context(target: Target) -> str:
    text, start, end = target.text, target.start, target.end
    return f"{text[max(0, start - 80) : start]}[{text[start:end]}]{text[end : end + 40]}"


def _read(analysis: Any, target: Target) -> StatusReading:
    first, last = analysis.surface.from_stored(target.start), analysis.surface.from_stored(target.end)
    span = analysis.doc.char_span(first, last, alignment_mode="expand")
    root = span.root
    for token in analysis.doc[: span.end]:
        # The CommitmentBank names the verb above: its complement is the clause.
        if target.verb and token.lemma_ == target.verb:
            for child in token.children:
                if child.dep_ == "ccomp" and child.right_edge.i >= span.start:
                    return status_of(analysis, int(child.i))
    for token in span:
        # The clause's verb, where the parse cuts through the span.
        if (
            root.pos_ not in ("VERB", "AUX")
            and token.pos_ in ("VERB", "AUX")
            and token.dep_ in ("ccomp", "ROOT", "advcl")
        ):
            root = token
            break
    return status_of(analysis, int(root.i))


def grade_class(grade: float) -> str:
    """positive, negative or uncertain."""
    return "positive" if grade >= 1 else "negative" if grade <= -1 else "uncertain"


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    wanted, got = [float(r["wanted"]) for r in rows], [float(r["got"]) for r in rows]
    classes, given = [r["class"] for r in rows], [r["got_class"] for r in rows]
    mae = sum(abs(a - b) for a, b in zip(wanted, got, strict=True)) / len(rows) if rows else 0.0
    return {
        "mae": mae, "pearson": pearson(wanted, got), "accuracy": accuracy(classes, given),
        "macro_f1": macro_f1(classes, given),
        "targets": float(len(rows)),
    }  # fmt: skip


def pearson(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation; 0 where one side does not vary or there are fewer than two pairs."""
    if len(a) < 2:
        return 0.0
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    top = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    below = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return top / below if below else 0.0
