"""What one state does as another did: "Lithuania followed suit", "so did the European Union", "as Norway had done"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention, Sentence
from detente.coding.arguments import parties
from detente.coding.clauses import agents
from detente.coding.dates import date_for
from detente.coding.events import participants
from detente.coding.status import status_of
from detente.records import Event

_DID: Final = frozenset({"did", "does", "do", "has", "have", "had"})
_DONE: Final = frozenset({"happened", "ongoing", "historical"})
# Days that a sentence does not name itself.
_NO_DAY: Final = frozenset({"publication", "inherited"})
# Share of echoes that are of the deed told last; a prior, not fitted.
_LAST: Final = 0.9


@dataclass(frozen=True, slots=True)
class _Echo:
    """Who does likewise; the verb that says so; tokens [start, end) that tell it; whether it may have its own day."""

    who: tuple[Mention, ...]
    verb: Token
    start: int
    end: int
    own_day: bool


def with_echoes(analysis: Analysis, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, and those of whoever is told to have done the same, in the order of the text."""
    if analysis.document.kind == "transcript":
        return tuple(events)
    made = [
        event for sentence in analysis.sentences for echo in _echoes(analysis, sentence)
        if (event := _event(analysis, sentence, echo, events)) is not None
    ]  # fmt: skip
    return tuple(sorted((*events, *made), key=lambda event: event.trigger.start))


def _echoes(analysis: Analysis, sentence: Sentence) -> Iterator[_Echo]:
    for token in analysis.doc[sentence.start : sentence.end]:
        if token.lower_ in ("as", "so") and token.i + 2 < sentence.end:
            yield from _inverted(analysis, token, sentence)
        elif _likewise(token):
            who = tuple(parties(analysis, agents(token), inside=False))
            start = min((mention.start for mention in who), default=token.i)
            yield _Echo(who, token, start, token.right_edge.i + 1, own_day=True)


def _inverted(analysis: Analysis, first: Token, sentence: Sentence) -> Iterator[_Echo]:
    """ "as did X", "so has X", and "as X had done" where nothing more is told of X."""
    verb = first.nbor(1)
    if verb.lower_ in _DID:
        mention = _beginning_at(analysis, first.i + 2)
        if mention is not None:
            who = tuple(parties(analysis, [analysis.doc[mention.root]], inside=False))
            yield _Echo(who, verb, first.i, max((m.end for m in who), default=mention.end), own_day=False)
    elif first.lower_ == "as" and (mention := _beginning_at(analysis, first.i + 1)) is not None:
        end = mention.end
        if end < sentence.end and analysis.doc[end].lower_ in _DID:
            verb = analysis.doc[end]
            end += 2 if end + 1 < sentence.end and analysis.doc[end + 1].lower_ == "done" else 1
            if end >= sentence.end or analysis.doc[end].is_punct:
                yield _Echo((mention,), verb, first.i, end, own_day=False)


def _beginning_at(analysis: Analysis, index: int) -> Mention | None:
    found = analysis.mention_from(index) or analysis.mention_from(index + 1)  # Behind "the".
    return found if found is not None and found.actors else None


def _has(verb: Token, dep: str, lemma: str) -> bool:
    return any(child.dep_ == dep and child.lemma_.lower() == lemma for child in verb.children)


def _likewise(verb: Token) -> bool:
    """ "followed suit", "did the same", "did likewise" """
    if verb.lemma_ == "follow":
        return _has(verb, "dobj", "suit")
    return verb.lemma_ == "do" and (_has(verb, "dobj", "same") or _has(verb, "advmod", "likewise"))


def _event(analysis: Analysis, sentence: Sentence, echo: _Echo, events: Iterable[Event]) -> Event | None:
    source = _source(analysis, sentence, echo, events)
    if source is None or not echo.who:
        return None
    there = {p.actor.country or p.actor.id for p in (*source.actors, *source.recipients)}
    if there & {actor.country or actor.id for mention in echo.who for actor in mention.actors}:
        return None
    date = source.date
    if echo.own_day:
        reading = status_of(analysis, echo.verb.i)
        if reading.status not in _DONE:
            return None
        own = date_for(analysis, echo.verb.i, reading.status)
        date = own if own.basis not in _NO_DAY else date
    why = (("type", f"echo: as told before (“{source.trigger.text}”)"), ("actors", echo.who[0].why))
    return replace(
        source,
        sentence=sentence.index,
        actors=participants(analysis, echo.who),
        date=date,
        place=None,
        said_by=None,
        evidence=analysis.span(echo.start, echo.end),
        trigger=analysis.span(echo.verb.i, echo.verb.i + 1),
        confidence=round(_LAST * source.confidence, 3),
        why=(*why, *(pair for pair in source.why if pair[0] not in ("type", "actors", "said_by"))),
        also=(),
    )


def _source(analysis: Analysis, sentence: Sentence, echo: _Echo, events: Iterable[Event]) -> Event | None:
    """The deed told last before the echo, in its sentence or the one before; else the one told next."""
    start = analysis.span(echo.start, echo.end).start
    done = [event for event in events if event.status in _DONE and not event.reciprocal]
    here = [event for event in done if event.sentence == sentence.index]
    before = [event for event in here if event.trigger.start < start]
    if before:
        return before[-1]
    if not echo.own_day:
        return here[0] if here else None
    earlier = analysis.sentences[sentence.index - 1] if sentence.index else None
    if earlier is None or (earlier.turn, earlier.paragraph) != (sentence.turn, sentence.paragraph):
        return None
    last = [event for event in done if event.sentence == earlier.index]
    return last[-1] if last else None
