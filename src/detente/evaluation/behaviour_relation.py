"""The behaviour checks on the relation model alone: the sides and the trigger are marked, no grammar stands between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from detente.coding.question import NONE, Question
from detente.evaluation.behaviour_cases import Case
from detente.evaluation.behaviour_frames import Frame, Sentence
from detente.ontology.tables import FUTURE_IS_AGREE

if TYPE_CHECKING:
    from detente.coding.relation import Reading

_TURNED: Final = {"forward": "back", "back": "forward"}


class Reader(Protocol):
    """What answers questions; `detente.coding.relation.RelationModel` does."""

    def read(self, questions: Sequence[Question], /) -> list[Reading]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest type (16 and NONE), direction and status of a reading."""

    type: str
    direction: str
    status: str


def read_relations(coder: object, cases: Sequence[Case]) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Figures `relation.CHECK`, `n.relation.CHECK` and `relation.base.coverage`, and a row a case; none of them where
    the coder has no relation model.

    A base sentence must be given the type of its frame, and a direction; then type and direction may not change
    (`names`, `persons`, `phrase`, `passive`, `nominal`, `synonym`). For `swap` the marks change places and not the
    names: the direction turns. Negation must be read as denied, refused or no event; what is to come as planned or
    possible. Two that stand together (`joint_…`) are asked about: nothing is between them.
    """
    reader = cast("Reader | None", getattr(coder, "relation", None))
    if reader is None:
        return {}, []
    asked = [question for case in cases for question in (_question(case.base), _changed(case))]
    answers = [_top(reading) for reading in reader.read(asked)]
    rows = [_row(case, base, got) for case, base, got in zip(cases, answers[::2], answers[1::2], strict=True)]
    return dict(_figures(rows)), rows


def _question(sentence: Sentence, actor: str = "A", recipient: str = "B") -> Question:
    ranges = sentence.ranges
    return Question(sentence.text, ranges[actor], ranges[recipient], ranges["E"])


def _changed(case: Case) -> Question:
    match case.check:
        case "directed.swap":
            return _question(case.base, "B", "A")
        case "directed.joint_actors":
            return _question(case.changed, "A", "C")
        case "directed.joint_recipients":
            return _question(case.changed, "B", "C")
        case _:
            return _question(case.changed)


def _top(reading: Reading) -> Answer:
    kind, direction, status = (
        max(shares, key=shares.__getitem__) for shares in (reading.types, reading.directions, reading.statuses)
    )
    return Answer(kind, direction, status)


def is_base_right(frame: Frame, answer: Answer) -> bool:
    """Whether the type is the frame's, and the two are seen as its sides, whichever way (the host of a visit may count
    as its actor)."""
    return answer.type == frame.type and answer.direction != "none"


def is_right(case: Case, base: Answer, got: Answer) -> bool:
    """Whether the answer to the changed question of a case whose base is right is as the check asks."""
    frame = case.frame
    match case.check:
        case "directed.swap":
            turned = _TURNED.get(base.direction, base.direction)
            return got.type == frame.type and _is_same_way(frame, turned, got.direction)
        case "directed.negation":
            return got.type in (NONE, "REJECT") or got.status == "denied"
        case "directed.future":
            kinds = {frame.type, "AGREE"} if frame.type in FUTURE_IS_AGREE else {frame.type}
            to_come = got.status in ("planned", "possible")
            return to_come and got.type in kinds and _is_same_way(frame, base.direction, got.direction)
        case "directed.joint_actors" | "directed.joint_recipients":
            return got.type == NONE or got.direction == "none"
        case _:
            return got.type == frame.type and _is_same_way(frame, base.direction, got.direction)


def _is_same_way(frame: Frame, wanted: str, got: str) -> bool:
    """Whether the direction is the one wanted. What is mutual may be told from either side."""
    return got != "none" if frame.direction == "mutual" else got == wanted


def _row(case: Case, base: Answer, got: Answer) -> dict[str, Any]:
    return {
        "check": f"relation.{case.check.partition('.')[2]}",
        "frame": case.frame.name,
        "right": is_right(case, base, got),
        "base_right": is_base_right(case.frame, base),
        "how": case.how,
        "base": case.base.text,
        "base_got": f"{base.type} {base.status} {base.direction}",
        "changed": case.changed.text,
        "got": f"{got.type} {got.status} {got.direction}",
    }


def _figures(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    for check in dict.fromkeys(row["check"] for row in rows):
        kept = [row["right"] for row in rows if row["check"] == check and row["base_right"]]
        yield check, _share(kept)
        yield f"n.{check}", len(kept)
    yield "relation.base.coverage", _share(row["base_right"] for row in rows)


def _share(rights: Iterable[bool]) -> float:
    listed = list(rights)
    return sum(listed) / len(listed) if listed else 0.0
