"""The cases of the behaviour checks: a sentence, and the same with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from detente.evaluation.behaviour_frames import Frame, Sentence, Side, countries, office_holders, render

# Left out of the rate are cases whose base sentence fails; what is left should be 200 at least.
WANTED: Final = 250
# Before and after the sentence without its full stop. None tells of another event.
PHRASES: Final = (
    ("On Thursday, ", ""),
    ("Earlier this week, ", ""),
    ("GENEVA (Newswire) — ", ""),
    ("VIENNA, March 8 — ", ""),
    ("According to local media, ", ""),
    ("", " on Monday"),
    ("", ", officials said"),
    ("", ", according to a statement"),
    ("", ", a news agency reported"),
)
# Active and passive form.
NEGATIONS: Final = (
    ("did not {base}", "{past} not"),
    ("never {past}", "{past} never"),
    ("has not {participle}", "has not {participle}"),
    ("will not {base}", "will not {base}"),
)
# Active and passive form, and what the status becomes.
FUTURES: Final = (
    ("will {base}", "will {base}", "planned"),
    ("plans to {base}", "is to {base}", "planned"),
    ("may {base}", "may {base}", "possible"),
    ("could {base}", "could {base}", "possible"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A base sentence and what was made of it; `how` names the change."""

    check: str
    frame: Frame
    base: Sentence
    changed: Sentence
    how: str = ""


Maker = Callable[[Random, Sequence[Frame]], Iterator[Case]]


def make_cases(frames: Sequence[Frame], wanted: int = WANTED, checks: Iterable[str] | None = None) -> Iterator[Case]:
    """At least `wanted` cases of each check (default: all of `CHECKS`) that the frames allow, always the same ones."""
    for check in checks or CHECKS:
        maker, random = CHECKS[check], Random(check)
        made = 0
        while made < wanted:
            cases = list(maker(random, frames))
            made += len(cases) or wanted
            yield from (replace(case, check=check) for case in cases)


def _names(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame in frames:
        one, other, third, fourth = random.sample(countries(), 4)
        yield Case("", frame, render(frame, one, other), render(frame, third, fourth))


def _persons(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    holders = office_holders()
    for frame in frames:
        if frame.persons:
            place, title = random.choice(list(holders))
            who, other = random.sample(holders[place, title], 2)
            (state,) = random.sample([side for side in countries() if side.labels[0] != place], 1)
            yield Case("", frame, render(frame, who, state), render(frame, other, state), f"{title} as A")
            yield Case("", frame, render(frame, state, who), render(frame, state, other), f"{title} as B")


def _phrase(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame in frames:
        one, other = random.sample(countries(), 2)
        around = random.choice(PHRASES)
        how = "…".join(around).strip()
        yield Case("", frame, render(frame, one, other), render(frame, one, other, around=around), how)


def _other_form(form: Sequence[str]) -> Maker:
    def make(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
        for frame in frames:
            for same in frames:
                alike = (frame.event, frame.direction, frame.persons) == (same.event, same.direction, same.persons)
                if frame.form == "active" and same.form in form and alike:
                    one, other = random.sample(countries(), 2)
                    yield Case("", frame, render(frame, one, other), render(same, one, other), same.form)

    return make


def _synonym(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame in frames:
        for verb in frame.synonyms:
            one, other = random.sample(countries(), 2)
            yield Case("", frame, render(frame, one, other), render(frame, one, other, verb=verb), verb.past)


def _swap(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame in frames:
        one, other = random.sample(countries(), 2)
        yield Case("", frame, render(frame, one, other), render(frame, other, one))


def _negation(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame, helper, how in _helped(random, frames, [(active, passive, active) for active, passive in NEGATIONS]):
        one, other = random.sample(countries(), 2)
        yield Case("", frame, render(frame, one, other), render(frame, one, other, helper), how)


def _future(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
    for frame, helper, how in _helped(random, frames, FUTURES):
        one, other = random.sample(countries(), 2)
        yield Case("", frame, render(frame, one, other), render(frame, one, other, helper), how)


def _helped(
    random: Random, frames: Sequence[Frame], helpers: Sequence[tuple[str, str, str]]
) -> Iterator[tuple[Frame, str, str]]:
    """Each frame whose event its verb asserts, with two of the helpers; nominal ones say another thing of it."""
    for frame in frames:
        if frame.form != "nominal":
            for active, passive, how in random.sample(helpers, 2):
                yield frame, passive if frame.verb.base == "be" else active, how


def _bystander(side: str) -> Maker:
    def make(random: Random, frames: Sequence[Frame]) -> Iterator[Case]:
        for frame in frames:
            # Of a mutual event with three parties any two are parties to it.
            if frame.plain_sides and frame.direction != "mutual":
                one, other, third = random.sample(countries(), 3)
                a, b = (_joint(one, third), other) if side == "A" else (one, _joint(other, third))
                yield Case("", frame, render(frame, one, other), render(frame, a, b), side)

    return make


def _joint(one: Side, other: Side) -> Side:
    return replace(one, names=one.names + other.names, labels=one.labels + other.labels)


CHECKS: Final[dict[str, Maker]] = {
    "invariance.names": _names,
    "invariance.persons": _persons,
    "invariance.phrase": _phrase,
    "invariance.passive": _other_form(("passive",)),
    "invariance.nominal": _other_form(("light", "nominal")),
    "invariance.synonym": _synonym,
    "directed.swap": _swap,
    "directed.negation": _negation,
    "directed.future": _future,
    "directed.joint_actors": _bystander("A"),
    "directed.joint_recipients": _bystander("B"),
}
