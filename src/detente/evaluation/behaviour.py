"""`detente evaluate behaviour`: does the coding change when it should, and only then?

Checks of the kind of Ribeiro et al., "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList" (ACL 2020), on
sentences made from the frames of `behaviour.tsv`: a base sentence, and the same with one thing changed.

Invariances: nothing of type, status, sides and direction changes with other countries (`names`), with another holder
of the same office (`persons`), with a harmless phrase more (`phrase`), between active and passive (`passive`), between
verb and noun (`nominal`), with another verb of the same row of the trigger table (`synonym`).

Directed: the countries swapped swap the sides and nothing else (`swap`); a negated verb gives no event, a denied one,
or where "will not" or consent withheld is a refusal, a REJECT (`negation`); "will", "plans to" and "is to" make the
event planned, "may" and "could" possible, and cooperation an AGREE (`future`); a third country beside actor or
recipient takes that side too, and nothing is between the two that stand together (`joint_actors`, `joint_recipients`).

A case whose base sentence is not coded as its frame says, as that one event alone, is left out of its rate; the share
of cases whose base is right is `base.coverage`, by type `base.coverage.TYPE`, by form `base.coverage.FORM`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from detente.coding.settle import WITHHELD
from detente.evaluation.behaviour_cases import WANTED, Case, make_cases
from detente.evaluation.behaviour_frames import FRAMES, Frame, Sentence, read_frames
from detente.evaluation.behaviour_relation import read_relations
from detente.evaluation.data import digest
from detente.evaluation.report import CoderLike, Report
from detente.ontology.tables import FUTURE_IS_AGREE
from detente.records import Document, Event, Participant

# Verbs that consent: withheld, they refuse (`coding.settle`).
_CONSENT: Final = frozenset({"accept", "agree"})

# Type, status, actor, recipient and whether it is mutual; the sides by the letters of the frame, a name for strangers.
Tie = tuple[str, str, str, str, bool]
Outcome = frozenset[Tie]


def evaluate(coder: CoderLike, data: Path | None = None, wanted: int = WANTED) -> Report:
    """Run the checks on the package's frames, or on another table of them, `wanted` cases of each at least.

    Figures: the rate of each check, its number of cases `n.CHECK` (base failures left out), `base.coverage`; and where
    the coder has a relation model, the same of that alone under `relation.` (`behaviour_relation`).

    Raises:
        TableError: the table is not in its format.
    """
    path = data or Path(str(FRAMES))
    cases = list(make_cases(read_frames(path), wanted))
    rows = score(coder, cases)
    relation, readings = read_relations(coder, cases)
    return Report(
        name="behaviour",
        data=str(path),
        sha256=digest(path),
        items=len(rows),
        figures=_figures(rows) | relation,
        misses=tuple(line for group in (rows, readings) for line in (*_base_misses(group), *_misses(group))),
        predictions=tuple(rows),
        note="sentences made from frames; cases whose base sentence fails are left out of the rates",
    )


def score(coder: CoderLike, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """A row for each case: `base_right`, `right`, both sentences, and what was coded (`base_got`, `got`)."""
    outcomes: dict[tuple[str, date], Outcome] = {}

    def outcome(sentence: Sentence) -> Outcome:
        key = sentence.text, sentence.published
        if key not in outcomes:
            coded = coder.code(Document(sentence.text, published=sentence.published))
            outcomes[key] = ties(coded.events, sentence.labels)
        return outcomes[key]

    return [_row(number, case, outcome(case.base), outcome(case.changed)) for number, case in enumerate(cases, 1)]


def ties(events: Iterable[Event], labels: Mapping[str, str]) -> Outcome:
    """What the events say, pair by pair, with the letters of the labels for countries and persons."""
    found: set[Tie] = set()
    for event in events:
        actors, recipients = (_letters(side, labels) for side in (event.actors, event.recipients))
        if event.reciprocal:
            everyone = sorted({*actors, *recipients})
            found |= {
                (event.type, event.status, one, other, True)
                for number, one in enumerate(everyone)
                for other in everyone[number + 1 :]
            }
        else:
            found |= {(event.type, event.status, one, other, False) for one in actors for other in recipients or [""]}
    return frozenset(found)


def _letters(side: Iterable[Participant], labels: Mapping[str, str]) -> list[str]:
    return [labels.get(who.actor.name) or labels.get(who.actor.country or "") or who.actor.id for who in side]


def intended(frame: Frame) -> Outcome:
    """What a frame says when it is filled."""
    one, other = ("B", "A") if frame.direction == "back" else ("A", "B")
    return frozenset({(frame.type, "happened", one, other, frame.direction == "mutual")})


def is_right(case: Case, got: Outcome) -> bool:
    """Whether the changed sentence of a case whose base is right is coded as the check asks."""
    kind = case.check.partition(".")[2]
    if kind == "negation":
        return all(_is_undone(case, tie) for tie in got)
    if kind == "future":
        return len(got) == 1 and _is_to_come(case, *next(iter(got)))
    wanted = intended(case.frame)
    if kind == "joint_actors":
        wanted |= {(event, status, "C", other, mutual) for event, status, _, other, mutual in wanted}
    if kind == "joint_recipients":
        wanted |= {(event, status, one, "C", mutual) for event, status, one, _, mutual in wanted}
    return got == wanted


def _is_undone(case: Case, tie: Tie) -> bool:
    kind, status, *_ = tie
    refuses = case.how.startswith("will not") and case.frame.type in WITHHELD
    withholds = case.frame.verb.base in _CONSENT or "*accepted*" in case.frame.sentence
    if kind == "REJECT" and (refuses or withholds):
        return status in ("happened", "denied")
    return status == "denied"


def _is_to_come(case: Case, kind: str, status: str, one: str, other: str, mutual: bool) -> bool:
    ((was, _, actor, recipient, either),) = intended(case.frame)
    wanted = "AGREE" if was in FUTURE_IS_AGREE else was
    # What is mutual when done may be the undertaking of one side while it is still to come.
    sides = {one, other} == {actor, recipient} if either else (one, other, mutual) == (actor, recipient, False)
    return sides and (kind, status) == (wanted, case.how)


def _row(number: int, case: Case, base: Outcome, got: Outcome) -> dict[str, Any]:
    return {
        "id": f"{case.check}:{number}",
        "wanted": _shown(intended(case.frame)),
        "got": _shown(got),
        "confidence": None,
        "right": is_right(case, got),
        "check": case.check,
        "frame": case.frame.name,
        "type": case.frame.type,
        "form": case.frame.form,
        "how": case.how,
        "base": case.base.text,
        "base_right": base == intended(case.frame),
        "base_got": _shown(base),
        "changed": case.changed.text,
    }


def _shown(outcome: Outcome) -> str:
    return "; ".join(
        f"{kind} {status} {one} {'with' if mutual else '→'} {other or '–'}"
        for kind, status, one, other, mutual in sorted(outcome)
    )


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for check in dict.fromkeys(row["check"] for row in rows):
        kept = [row["right"] for row in rows if row["check"] == check and row["base_right"]]
        figures[check] = sum(kept) / len(kept) if kept else 0.0
        figures[f"n.{check}"] = len(kept)
    figures["base.coverage"] = sum(row["base_right"] for row in rows) / len(rows) if rows else 0.0
    for column in ("type", "form"):
        groups: dict[str, list[bool]] = defaultdict(list)
        for row in rows:
            groups[row[column]].append(row["base_right"])
        figures |= {f"base.coverage.{name}": sum(group) / len(group) for name, group in sorted(groups.items())}
    return figures


def _base_misses(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each frame that fails, with its first failure."""
    frames: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        frames[row["frame"]].append(row)
    lines = []
    for name, group in frames.items():
        failed = [row for row in group if not row["base_right"]]
        if failed:
            first = failed[0]
            share = f"{len(failed)} of {len(group)}"
            prefix = "relation " * first["check"].startswith("relation.")
            lines.append(f"{prefix}base {name}: {share}: “{first['base']}” {first['base_got'] or 'nothing'}")
    return lines


def _misses(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"{row['check']}{' ' * bool(row['how'])}{row['how']}, {row['frame']}: “{row['base']}” {row['base_got']} | "
        f"“{row['changed']}” {row['got'] or 'nothing'}"
        for row in rows
        if row["base_right"] and not row["right"]
    ]
