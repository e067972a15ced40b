"""What every part of the brief needs at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from detente.analysis import desk
from detente.analysis.brief_model import Cell, Line, Row, Section
from detente.analysis.dossier import Dossier
from detente.analysis.evidence import Citer, is_asked, sentence_around
from detente.lexicon import load_lexicon
from detente.records import Actor, Span
from detente.relations import Commitment, Episode, Source, Telling

# Below this a record is left out of a brief. Not tuned: a reader who finds one row in three wrong stops reading.
FLOOR: Final = 0.6
# A clause that begins so, or has fewer words, says too little without the rest of its sentence.
_SUBORDINATE: Final = frozenset(
    "when while that which who because after before as if although though and but to".split()
)
_TOO_FEW: Final = 6
_LONGEST: Final = 300
# What cannot be understood without the sentence before it.
POINTING: Final = frozenset("it this that they these those such there which".split())
# "WASHINGTON, Oct 28 (Agency) - ", which stands before the first sentence of a story.
_DATELINE: Final = re.compile(r"^[A-Z][A-Z' .]{2,30}(?:, [^–—-]{1,30})?(?: \([^)]{2,30}\))? ?[-–—]+ ")


# Two accounts of one occasion appear within so many days.
_NEAR: Final = timedelta(days=3)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Frame:
    """The dossier, who gives out the notes, and the names of the countries by their codes."""

    dossier: Dossier
    citer: Citer
    names: dict[str, str]
    by_sentence: Mapping[tuple[str, int], tuple[Telling, ...]]

    def name(self, country: str) -> str:
        """United States."""
        return self.names.get(country, country)

    def the(self, country: str) -> str:
        """The name as in a sentence: the United States."""
        return desk.country_in_text(self.name(country))

    def sides(self, actors: Iterable[Actor]) -> str:
        """The countries of the dyad among the actors, by name."""
        have = {actor.country for actor in actors}
        return desk.listed([self.name(country) for country in self.dossier.dyad if country in have])

    def direction(self, episode: Episode) -> str:
        """China → United States; United States and China."""
        one, other = self.sides(episode.actors), self.sides(episode.recipients)
        return f"{one} → {other}" if one and other and one != other else one or other

    def words(self, records: Iterable[str], words: str) -> str:
        """Words of a record as a quotation; of a clause that cannot stand alone its whole sentence, if not too long."""
        flat = " ".join(words.split())
        first = flat.partition(" ")[0].lower()
        if flat[:1].isupper() and first not in _SUBORDINATE and len(flat.split()) >= _TOO_FEW:
            return quoted(flat)
        for span in self.citer.spans_of(records):
            text = self.dossier.texts.get(span.document, "")
            start, end = sentence_around(text, span.start, span.end) if text else (0, 0)
            if end - start <= _LONGEST and flat in " ".join(text[start:end].split()):
                return quoted(text[start:end], _LONGEST)
        return quoted(flat if flat[:1].isupper() else f"… {flat}")

    def tellings_at(self, document: str, sentence: int) -> tuple[Telling, ...]:
        """The statements that stand in a sentence."""
        return self.by_sentence.get((document, sentence), ())

    def asked(self, span: Span) -> bool:
        """Whether this stands in a question of the press."""
        return is_asked(self.dossier.texts.get(span.document, ""), span.start)

    def only_asked(self, records: Iterable[str]) -> bool:
        """Whether records stand in questions of the press only."""
        spans = self.citer.spans_of(records)
        return bool(spans) and all(map(self.asked, spans))

    def points_back(self, records: Iterable[str], words: str) -> bool:
        """Whether the quotation begins with what only the sentence before would explain ("They go further …"), or
        leaves open what it tells ("Whether they will meet …")."""
        first = self.words(records, words).lstrip("“… ").partition(" ")[0].lower()
        return first in POINTING or first == "whether"

    def promise(self, commitment: Commitment) -> str:
        """The words of a commitment as a quotation; those of another record if they are a question or point back."""
        records = records_of(commitment)
        spans = self.citer.spans_of(records)
        lead = " ".join(commitment.words.split())
        asked = any(self.asked(span) for span in spans if " ".join(span.text.split()) == lead)
        if asked or self.points_back(records, lead):
            better = (s for s in spans if not self.asked(s) and not self.points_back(records, s.text))
            lead = next((span.text for span in better), lead)
        return self.words(records, lead)

    def command(self, noun: str) -> str:
        """The command that lists all rows of a kind."""
        dossier = self.dossier
        span = f"--since {dossier.since.isoformat()} --until {dossier.until.isoformat()}"
        return f"detente {noun} {' '.join(dossier.dyad)} {span}"

    def accounts_near(self, country: str, when: date) -> list[Source]:
        """A side's own readouts and statements of about that day, readouts first, the nearest first."""
        own = [s for s in self.dossier.sources.values() if s.side == country and s.published and not s.reprint_of]
        near = [s for s in own if s.published and abs(s.published - when) <= _NEAR]
        return sorted(near, key=lambda s: (s.kind != "readout", abs((s.published or when) - when), s.document))

    def section(
        self,
        key: str,
        title: str,
        columns: Sequence[tuple[str, int]],
        items: Sequence[Item],
        make: Callable[[Item], Row],
        cap: int,
        noun: str,
        empty: str,
        about: str = "",
    ) -> Section:
        """A section of the rows made of the first `cap` items, so that only what is shown is cited.

        `columns` are heading and share of the width; `noun` is what the command lists.
        """
        more = max(0, len(items) - cap)
        names, widths = tuple(name for name, _ in columns), tuple(width for _, width in columns)
        rows = tuple(make(item) for item in items[:cap])
        return Section(key, title, names, widths, rows, empty, more, self.command(noun) if more else "", about)


def frame_of(dossier: Dossier) -> Frame:
    """The frame of a dossier, with nothing cited yet."""
    countries = load_lexicon().countries
    names = {iso: countries[iso].name for iso in dossier.dyad if iso in countries}
    by_sentence: dict[tuple[str, int], tuple[Telling, ...]] = {}
    for telling in dossier.tellings:
        place = (telling.statement.document, telling.statement.sentence)
        by_sentence[place] = (*by_sentence.get(place, ()), telling)
    return Frame(dossier, Citer(dossier), names, by_sentence)


_OPENING, _CLOSING = "\"“'‘", "\"”'’"
# Quotation marks within a quotation.
_INNER: Final = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def records_of(commitment: Commitment) -> tuple[str, ...]:
    """The ids of the records that tell a commitment."""
    return (*commitment.reports, *commitment.tellings)


def cell(text: str, notes: tuple[str, ...] = (), style: str = "") -> Cell:
    """A cell of one line; an empty one for no text."""
    return (Line(text, notes, style),) if text else ()


def quoted(words: str, limit: int = 260) -> str:
    """Words of a source between quotation marks, in one line, cut at a space."""
    flat = _DATELINE.sub("", desk.clean(words))
    if flat[:1] in _OPENING and flat.rstrip(",.")[-1:] in _CLOSING:
        flat = flat[1:].rstrip(",.")[:-1] + ("." if flat.endswith(".") else "")
    flat = flat.lstrip("“") if "”" not in flat else flat
    flat = flat.rstrip(",;: ").translate(_INNER)
    if len(flat) > limit:
        flat = flat[:limit].rpartition(" ")[0].rstrip(",;:") + " …"
    return f"“{flat}”"
