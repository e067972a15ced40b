"""Who spoke for a side at talks, where a later sentence tells it.

"The two delegations met in Vienna. Minister A led the French one, and Spain was represented by Minister B.": the event
has two sides without a name, the sentences after it the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from detente.coding.analysis import Analysis, Mention
from detente.records import Event, Participant

# Sentences after that of the talks, in its paragraph and turn.
_AFTER: Final = 3
_LEADING: Final = frozenset({"led", "headed", "leads", "heads"})
_REPRESENTED: Final = frozenset({"was", "were", "is", "are", "represented", "led", "headed", "by", ",", "and", "the"})
_BETWEEN: Final = frozenset({"the", "a", "its", ","})


def with_delegates(analysis: Analysis, events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, those of talks with the persons who led a side that has nobody with a name."""
    return tuple(_with_delegates(analysis, event) for event in events)


def _with_delegates(analysis: Analysis, event: Event) -> Event:
    everyone = (*event.actors, *event.recipients)
    named = {p.actor.country for p in everyone if _is_person(p)}
    bare = {p.actor.country for p in everyone if p.actor.country} - named
    if event.act != "CONSULT" or event.mode == "phone" or not bare or len(bare | named) < 2:
        return event
    told: dict[str, list[Participant]] = {}
    for country, person in _told(analysis, event.sentence):
        if country in bare:
            who = Participant(person.actors[0], analysis.span(person.start, person.end))
            told.setdefault(country, []).append(who)
    return replace(event, actors=_named(event.actors, told), recipients=_named(event.recipients, told))


def _named(side: tuple[Participant, ...], told: dict[str, list[Participant]]) -> tuple[Participant, ...]:
    found = [one for p in side for one in told.get(p.actor.country or "", [p])]
    return tuple({p.actor.id: p for p in reversed(found)}.values())[::-1]


def _is_person(participant: Participant) -> bool:
    return participant.actor.id.startswith("person:")


def _told(analysis: Analysis, index: int) -> Iterator[tuple[str, Mention]]:
    """Country and person of every "A led the French side" and "France was represented by A" after a sentence."""
    here = analysis.sentences[index]
    for sentence in analysis.sentences[index + 1 : index + 1 + _AFTER]:
        if (sentence.paragraph, sentence.turn) != (here.paragraph, here.turn):
            return
        said = {token.lower_ for token in analysis.doc[sentence.start : sentence.end]}
        known = [m for m in analysis.mentions_in(sentence.start, sentence.end) if len(m.actors) == 1]
        for one, other in pairwise(known):
            words = {token.lower_ for token in analysis.doc[one.end : other.start]}
            if _names(one) and not _names(other):
                person, side, fits = one, other, bool(words & _LEADING) and words <= _LEADING | _BETWEEN
            else:
                passive = "by" in words and words <= _REPRESENTED
                person, side, fits = other, one, passive and "represented" in said
            country = side.actors[0].country
            if fits and country and _names(person) and not _names(side) and person.actors[0].country == country:
                yield country, person


def _names(mention: Mention) -> bool:
    return mention.actors[0].id.startswith("person:")
