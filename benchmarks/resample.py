"""Documents and records at the scale of real ones: stretches of a real ledger told of other countries and other days.

    sample = read_sample(Path("real.duckdb"))
    for filing in resample(sample, 100_000, seed=1): ...          # detente.ledger.filing.Filing, by day of publication

A stretch is some documents of the sample that were published one after another, with all their records. Each is told
again of other countries (drawn without replacement with weights 1/rank, in the order in which the sample speaks of
them, so that a few dyads have most) and of another day of twenty years; whoever acts in it gets another name, the same
in every document on his country. So what is kept of the real ledger: lengths, records a document, types, statuses,
confidence, who acts beside whom, and how often documents of the same days tell the same. What is not: what the words
mean, and reprints. Fingerprints are random, as those of different texts are.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from detente.ledger import browse, lookups, reading
from detente.ledger.filing import Filing
from detente.lexicon import load_lexicon
from detente.records import Document, Event, Signal, Statement, Turn, make_id

_FIRST_DAY = date(2005, 1, 1)
YEARS = 20
_STRETCH = 8
_NAME = re.compile(r"[^\W\d_][\w'’-]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Template:
    """A document of the sample with its records, on the wire."""

    document: Document
    published: date
    side: str | None
    coder: str
    bands: int
    events: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]
    signals: tuple[dict[str, Any], ...]

    @property
    def people(self) -> Iterator[dict[str, Any]]:
        """Everybody mentioned, as often as they are."""
        for event in self.events:
            yield from (*event["actors"], *event["recipients"], *filter(None, [event["said_by"]]))
        for one in self.statements:
            yield from filter(None, (one["speaker"], one["addressee"], one["via"]))
        yield from (one["speaker"] for one in self.signals if one["speaker"])


@dataclass(frozen=True)
class Sample:
    """Templates by day of publication, countries from the most spoken of on, and words that names are made of."""

    templates: tuple[Template, ...]
    countries: tuple[str, ...]
    names: tuple[str, ...]


def read_sample(path: Path) -> Sample:
    """What a ledger holds, its reprints and documents without a day left out."""
    templates = []
    with reading(path) as connection:
        for id in lookups.documents(connection):
            coded = browse.coded(connection, id)
            if coded.source.published and coded.source.reprint_of is None:
                parts = [
                    tuple(one.to_dict() for one in some) for some in (coded.events, coded.statements, coded.signals)
                ]
                bands = len(lookups.bands_of(connection, id))
                coder = lookups.current_coder(connection, id) or ""
                templates.append(
                    Template(coded.document, coded.source.published, coded.source.side, coder, bands, *parts)
                )
    templates.sort(key=lambda one: (one.published, one.document.id))
    spoken = Counter(who["country"] for one in templates for who in one.people if who["country"])
    rest = sorted(code for code in load_lexicon().countries if code not in spoken)
    people = {who["name"] for one in templates for who in one.people if who["id"].startswith("person:")}
    names = sorted({part for name in people for part in _NAME.findall(name)})
    return Sample(tuple(templates), (*(code for code, _ in spoken.most_common()), *rest), tuple(names))


def resample(sample: Sample, count: int, seed: int = 1, years: float = YEARS) -> Iterator[Filing]:
    """So many documents of so many years, by day of publication. The same sample, numbers and seed give the same."""
    draw = random.Random(seed)
    days = max(1, round(365 * years))
    stretches = sorted(
        (_FIRST_DAY + timedelta(draw.randrange(days)), draw.random()) for _ in range(count // _STRETCH + 1)
    )
    number = 0
    for day, chance in stretches:
        at = int(chance * len(sample.templates))
        some = sample.templates[at : at + _STRETCH] or sample.templates[:_STRETCH]
        swap = _swap(sample, some, draw)
        for one in some:
            if number < count:
                # Years may lie between two neighbours of a small sample.
                shift = day + timedelta(min((one.published - some[0].published).days, _STRETCH)) - one.published
                yield _told_anew(one, make_id("doc", "resampled", seed, number), shift, swap, sample.names, draw)
                number += 1
    while number < count:
        one = draw.choice(sample.templates)
        shift = _FIRST_DAY + timedelta(draw.randrange(days)) - one.published
        yield _told_anew(
            one, make_id("doc", "resampled", seed, number), shift, _swap(sample, (one,), draw), sample.names, draw
        )
        number += 1


def _swap(sample: Sample, some: tuple[Template, ...], draw: random.Random) -> dict[str, str]:
    """Another country for each that the documents speak of."""
    spoken = list(dict.fromkeys(who["country"] for one in some for who in one.people if who["country"]))
    # The smallest of n exponential variables with rates w is drawn with weights w, the next without it, and so on.
    keys = sorted((draw.expovariate(1 / rank), code) for rank, code in enumerate(sample.countries, 1))
    return dict(zip(spoken, (code for _, code in keys), strict=False))


def _told_anew(
    one: Template, id: str, shift: timedelta, swap: Mapping[str, str], names: tuple[str, ...], draw: random.Random
) -> Filing:
    text, edits = _rewrite(one, swap, names)
    anew = _Anew(id, text, edits, shift, swap, names)
    old = one.document
    turns = tuple(Turn(t.speaker, anew.place(t.start), anew.place(t.end), t.interpreted) for t in old.turns)
    url = f"https://news.example/{id}" if old.url else None
    issuer = swap.get(old.issuer, old.issuer) if old.issuer else None
    published = one.published + shift
    document = Document(text, id, old.title, published, old.publisher, old.language, url, old.kind, issuer, turns)
    return Filing(
        document,
        one.coder,
        tuple(Event.from_dict(anew.wire(wire)) for wire in one.events),
        tuple(Statement.from_dict(anew.wire(wire)) for wire in one.statements),
        tuple(Signal.from_dict(anew.wire(wire)) for wire in one.signals),
        tuple(draw.getrandbits(63) for _ in range(one.bands)),
        None,
        swap.get(one.side, one.side) if one.side else None,
    )


def _rewrite(one: Template, swap: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with other names in it, and what was changed: start, end, how much longer all is after it."""
    found = {(who["start"], who["end"]): who for who in one.people}
    text, edits, pieces, at, longer = one.document.text, [], [], 0, 0
    for (start, end), who in sorted(found.items(), key=lambda item: item[0]):
        if start < at:
            continue
        new = _other_words(text[start:end], who, swap, names)
        pieces += [text[at:start], new]
        longer += len(new) - (end - start)
        edits.append((start, end, longer))
        at = end
    return "".join([*pieces, text[at:]]), edits


def _other_words(words: str, who: Mapping[str, Any], swap: Mapping[str, str], names: tuple[str, ...]) -> str:
    country = swap.get(who["country"] or "")
    if country is None:
        return words
    if who["id"].startswith("person:"):
        own = set(_NAME.findall(who["name"]))
        return _NAME.sub(lambda hit: _other_name(hit[0], country, names) if hit[0] in own else hit[0], words)
    countries = load_lexicon().countries
    old, new = countries.get(who["country"]), countries[country]
    if old and words.startswith(old.name):
        return new.name + words[len(old.name) :]
    form = next((a for a in (old.adjectives if old else ()) if words.startswith(a)), None)
    return new.adjective + words[len(form) :] if form else words


def _other_name(part: str, country: str, names: tuple[str, ...]) -> str:
    digest = blake2b(f"{part} {country}".encode(), digest_size=4).digest()
    return names[int.from_bytes(digest) % len(names)]


@dataclass(frozen=True)
class _Anew:
    """How the records of one document are told of another."""

    id: str
    text: str
    edits: list[tuple[int, int, int]]
    shift: timedelta
    swap: Mapping[str, str]
    names: tuple[str, ...]

    def place(self, at: int) -> int:
        """Where an offset of the old text is in the new."""
        low, high = 0, len(self.edits)
        while low < high:
            middle = (low + high) // 2
            if self.edits[middle][0] < at:
                low = middle + 1
            else:
                high = middle
        if not low:
            return at
        _, end, longer = self.edits[low - 1]
        before = self.edits[low - 2][2] if low > 1 else 0
        # Inside what was changed: no further than its new end.
        return at + longer if at >= end else min(at + before, end + longer)

    def wire(self, value: Any) -> Any:
        """A record on the wire, told anew."""
        if isinstance(value, list):
            return [self.wire(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "basis" in value:
            return {**value, "start": self._day(value["start"]), "end": self._day(value["end"])}
        made = {name: self.wire(item) for name, item in value.items()}
        if isinstance(made.get("start"), int):
            made["start"], made["end"] = self.place(made["start"]), self.place(made["end"])
            made["text"] = self.text[made["start"] : made["end"]]
        for name in ("country", "side", "government", "towards"):
            if made.get(name) in self.swap and "lat" not in made:
                made[name] = self.swap[made[name]]
        if "sectors" in made and value["country"] in self.swap:
            made |= self._actor(value, made["country"])
        if "document" in made:
            made["document"] = self.id
        return made

    def _actor(self, old: Mapping[str, Any], country: str) -> dict[str, str]:
        kind, mark, rest = old["id"].partition(":")
        if kind == "person":
            name = " ".join(_other_name(part, country, self.names) for part in _NAME.findall(old["name"]))
            return {"name": name or old["name"], "id": f"person:{name.lower().replace(' ', '-')}"}
        if kind == old["country"]:
            name = old["name"] if mark else load_lexicon().countries[country].name
            return {"name": name, "id": country + mark + rest}
        return {}

    def _day(self, day: str | None) -> str | None:
        return (date.fromisoformat(day) + self.shift).isoformat() if day and _DAY.fullmatch(day) else day
