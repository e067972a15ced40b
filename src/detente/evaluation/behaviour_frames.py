"""Sentences for the behaviour checks: frames of `behaviour.tsv` filled with the countries and office holders of the
lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from detente.errors import TableError
from detente.lexicon import load_lexicon
from detente.lexicon.tables import read_table
from detente.ontology import load_ontology

FRAMES: Final = files("detente.evaluation") / "behaviour.tsv"
COLUMNS: Final = ("event", "type", "direction", "form", "persons", "synonyms", "sentence")
FORMS: Final = ("active", "passive", "light", "nominal")
DIRECTIONS: Final = ("forward", "back", "mutual")
DAY: Final = date(2022, 3, 9)
_PIECE: Final = re.compile(r"\{([AB])(:adj)?\}|\[([^\]]+)\]|\*([^*]+)\*")
_ARTICLE: Final = re.compile(
    r"^(?:United|Netherlands|Philippines|Maldives|Comoros|Seychelles)|^(?!The ).*(?:Republic\b|Islands$)"
)
_TITLES: Final = frozenset({"President", "Prime Minister", "Foreign Minister", "Defence Minister", "Finance Minister"})

_PLURALS: Final = {"plans": "plan", "has": "have", "is": "are"}
_PLURAL: Final = re.compile(r"\b(?:plans|has|is)\b")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verb:
    past: str
    base: str
    participle: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A row of the table; `verb` fills the slot of `sentence`."""

    event: str
    type: str
    direction: str
    form: str
    persons: bool
    synonyms: tuple[Verb, ...]
    sentence: str
    verb: Verb

    @property
    def name(self) -> str:
        return f"{self.type} {self.event} {self.form}"

    @property
    def plain_sides(self) -> bool:
        """Whether both sides stand by name, so that "X and Y" can take the place of either."""
        return "{A}" in self.sentence and "{B}" in self.sentence and " its " not in self.sentence

    @property
    def plural(self) -> bool:
        """Whether the subject of the slot is plural."""
        return self.verb.past == "were" or bool(re.search(r"[^}'a]s \[", self.sentence))


@dataclass(frozen=True, slots=True)
class Side:
    """One or two parties as they are written; `labels` the country code, or the name of the person, of each."""

    names: tuple[str, ...]
    adjective: str
    labels: tuple[str, ...]
    day: date = DAY


@dataclass(frozen=True, slots=True)
class Sentence:
    """A filled frame. `ranges` are characters of the sides A, B and C (beside A or B) and of the trigger E, `labels`
    say which letter a country code or the name of a person stands for."""

    text: str
    ranges: Mapping[str, Span]
    labels: Mapping[str, str]
    published: date = DAY


@dataclass(slots=True)
class _Text:
    """A text as it grows."""

    text: str = ""
    ranges: dict[str, Span] = field(default_factory=dict)

    def add(self, words: str, name: str = "") -> None:
        if re.search(r"\b[Aa] $", self.text) and re.match(r"[AEIO]|Uz", words):
            self.text = f"{self.text[:-1]}n "
        if words.startswith("'s") and self.text.endswith("s"):
            words = "'" + words[2:]
        if name:
            self.ranges.setdefault(name, (len(self.text), len(self.text) + len(words)))
        self.text += words


def read_frames(path: Traversable = FRAMES) -> list[Frame]:
    """The frames of a table.

    Raises:
        TableError: a row has an unknown type, direction or form, no slot for the verb, or lacks a side.
    """
    frames = []
    for row in read_table(path, COLUMNS):
        slots = re.findall(r"\[([^\]]+)\]", row["sentence"])
        for column, known in (("type", load_ontology().types), ("direction", DIRECTIONS), ("form", FORMS)):
            if row[column] not in known:
                raise TableError(f"{row['']}: unknown {column} {row[column]!r}")
        if len(slots) != 1 or not {"A", "B"} <= {match[0] for match in _PIECE.findall(row["sentence"])}:
            raise TableError(f"{row['']}: the sentence needs one [verb], {{A}} and {{B}}")
        synonyms = tuple(_verb(part) for part in row["synonyms"].split(";") if part.strip())
        frames.append(
            Frame(
                row["event"],
                row["type"],
                row["direction"],
                row["form"],
                row["persons"] == "yes",
                synonyms,
                row["sentence"],
                _verb(slots[0]),
            )
        )
    return frames


def _verb(cell: str) -> Verb:
    past, *others = (form.strip() for form in cell.split("|"))
    base = others[0] if others else "be"
    return Verb(past, base, others[1] if len(others) > 1 else "been" if base == "be" else past)


def render(
    frame: Frame, a: Side, b: Side, helper: str = "{past}", verb: Verb | None = None, around: tuple[str, str] = ("", "")
) -> Sentence:
    """Fill a frame. `helper` writes the verb ("did not {base}", "{past} not"); `around` stands before and after."""
    out = _Text()
    used = verb or frame.verb
    starred = "*" in frame.sentence
    done = 0
    body = frame.sentence.removesuffix(".")
    if around[0].endswith(", "):
        body = body[0].lower() + body[1:]
    out.add(around[0])
    for match in _PIECE.finditer(body):
        out.add(body[done : match.start()])
        done = match.end()
        letter, adjective, slot, star = match.groups()
        if slot:
            auxiliaries, word = _conjugate(helper, used, _is_plural(frame, a, b))
            out.add(auxiliaries)
            out.add(word, "" if starred else "E")
        elif star:
            out.add(star, "E")
        else:
            _side(out, a if letter == "A" else b, letter, bool(adjective))
    out.add(body[done:] + around[1] + ".")
    labels = {name: letter for letter, side in (("A", a), ("B", b)) for name in side.labels[:1]}
    labels |= {name: "C" for side in (a, b) for name in side.labels[1:]}
    text = out.text[0].upper() + out.text[1:]
    return Sentence(text, out.ranges, labels, a.day if a.day != DAY else b.day)


def _side(out: _Text, side: Side, letter: str, adjective: bool) -> None:
    if adjective:
        out.add(side.adjective, letter)
        return
    out.add(side.names[0], letter)
    for name in side.names[1:]:
        out.add(" and ")
        out.add(name, "C")


def _is_plural(frame: Frame, a: Side, b: Side) -> bool:
    first = re.match(r"\{([AB])\} \[", frame.sentence)
    return frame.plural or bool(first and len((a if first[1] == "A" else b).names) > 1)


def _conjugate(helper: str, verb: Verb, plural: bool) -> tuple[str, str]:
    """Auxiliaries with a blank after them, and the verb: "did not {base}" gives ("did not ", "accuse")."""
    auxiliaries, _, form = helper.partition("{")
    if plural:
        auxiliaries = _PLURAL.sub(lambda match: _PLURALS[match[0]], auxiliaries)
    past = "were" if plural and verb.past == "was" else verb.past
    return auxiliaries, f"{{{form}".format(past=past, base=verb.base, participle=verb.participle)


@cache
def countries() -> tuple[Side, ...]:
    """The members of the United Nations whose adjective stands for no other state."""
    sides = []
    for country in load_lexicon().countries.values():
        if country.status == "UN member" and country.adjectives and not country.adjectives[0].startswith("?"):
            name = re.sub("^The ", "the ", country.name)
            name = f"the {name}" if _ARTICLE.match(country.name) else name
            sides.append(Side((name,), country.adjective, (country.iso3,)))
    return tuple(sides)


@cache
def office_holders() -> dict[tuple[str, str], list[Side]]:
    """Those who held an office since 2000, by country and title: "Kenyan President …" on a day in office."""
    known = {side.labels[0]: side for side in countries()}
    found: dict[tuple[str, str], dict[str, Side]] = {}
    for holder in load_lexicon().holders:
        if holder.title not in _TITLES or holder.country not in known or not holder.start:
            continue
        day = holder.start + timedelta(days=30)
        if holder.start.year >= 2000 and holder.on(day):
            adjective = known[holder.country].adjective
            text = f"{adjective} {holder.title} {holder.name}"
            side = Side((text,), adjective, (holder.name,), day)
            found.setdefault((holder.country, holder.title), {}).setdefault(holder.name, side)
    return {key: list(sides.values()) for key, sides in found.items() if len(sides) > 1}
