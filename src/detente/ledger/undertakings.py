"""Single tellings of undertakings: events and statements in which somebody promises, invites, agrees or threatens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.ledger.due import due_of
from detente.ledger.passages import Passage, read_passage
from detente.lexicon import load_lexicon
from detente.lexicon.deeds import undertaking_terms
from detente.lexicon.issues import issue_terms
from detente.lexicon.phrases import fold
from detente.records import Actor, Event, Participant, Span
from detente.relations import Dyad, Episode, Report, Telling

# Acts whose being still to come makes them undertakings.
_TO_COME: Final = {
    "CONSULT": "meeting",
    "SUPPORT": "promise",
    "COOPERATE": "promise",
    "AID": "promise",
    "RETREAT": "promise",
}
_OPEN: Final = ("planned", "possible")
_VOICES: Final = ("party", "spokesperson", None)
_CONDITION: Final = re.compile(r"\b(?:if|unless|should|in case|as long as|or else|or face)\b", re.IGNORECASE)
# How a statement's content undertakes: who, a verb of what is to come, and the deed.
_INTENT: Final = re.compile(
    r"^\W*(?P<who>[^.;:]{0,70}?)\s*\b(?P<verb>will|would|shall"
    r"|(?:is|are|was|were) (?:ready|willing|prepared|planning) to"
    r"|(?:plan|intend|hope|expect|agree|promise|pledge|vow)(?:s|d|ed)? to|looks? forward to|looked forward to)"
    r"(?! (?:not|never|like|be|have|remain)\b)\s+(?P<deed>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BARE: Final = re.compile(r"^\W*to (?P<deed>.+)", re.DOTALL)
_SELF: Final = re.compile(r"\b(?:he|she|it|they|we|i|both|two|sides|leaders|presidents|ministers)\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"he|she|him|her|they|them|i|me|we|us|who|both|the two|the pair")
_BOTH: Final = re.compile(r"\b(?:both|(?:the )?two|each other|sides)\b", re.IGNORECASE)
# A complement that says how things are, not what will be done: "agreed that", "agreed on the importance of".
_STATES: Final = re.compile(
    r"^\W*(?:that|with|about|(?:on|upon) the (?:need|importance|value|significance))\b", re.IGNORECASE
)
_MODAL: Final = re.compile(r"\b(?:will|would|shall|should)\b", re.IGNORECASE)
_NEW_CLAUSE: Final = re.compile(
    r";|, (?:and|but|while|as) (?:they|he|she|it|we|both|the)\b|\band that\b|\band (?:they|he|she)\b"
)
_JOURNEY: Final = re.compile(r"\b(?:visit|travel|trip|journey|go|come|fly|tour)", re.IGNORECASE)
# What those who undertake to meet undertake to do; the deed's first words decide.
_MEETING: Final = re.compile(
    r"^\W*(?:to )?(?:(?:keep|continue|resume|start|begin|arrange|schedule|organi[sz]e|have|hold|pay|make|maintain|stay"
    r"|remain)\s+(?:\w+\s+){0,4}?)?(?:meet|meeting|meetings|visit|visits|talk|talks|talking|travel|travell?ing|speak|host|receive"
    r"|welcome|summit|dialogue|consultations?|communication|contact|touch|trip|go|come)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One telling of an undertaking.

    `record` is the id of the event or statement, `voice` the country whose own account or official says it (None: a
    reporter), `host` the country where those who meet are to meet, `said` the words that undertake, `passage` what they
    are about. `offices` are the ids of persons meant by their office alone, whose successors are meant as well.
    """

    record: str
    is_event: bool
    document: str
    start: int
    end: int
    episode: str
    kind: str
    by: tuple[Actor, ...]
    towards: tuple[Actor, ...]
    host: str | None
    words: str
    said: str
    passage: Passage
    issues: tuple[str, ...]
    made: date | None
    due: tuple[date | None, date | None]
    published: date | None
    voice: str | None
    confidence: float
    offices: frozenset[str] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """Ids of the persons named."""
        return frozenset(a.id for a in (*self.by, *self.towards) if a.id.startswith("person:"))

    @property
    def is_meeting(self) -> bool:
        return self.kind in ("meeting", "invitation")

    @property
    def travellers(self) -> frozenset[str]:
        """Ids of the persons who are to travel to the host, where the undertaking is of a journey."""
        if self.kind != "invitation" and not (self.host and _JOURNEY.search(self.words)):
            return frozenset()
        who = self.towards if self.kind == "invitation" else (*self.by, *self.towards)
        return frozenset(a.id for a in who if a.id.startswith("person:") and a.country != self.host)


def claims(
    dyad: Dyad, episodes: Iterable[Episode], reports: Mapping[str, Report], tellings: Iterable[Telling]
) -> tuple[Claim, ...]:
    """Every undertaking of a dyad that an event or a statement tells, in the order of documents and text.

    A statement beside an event that tells the same words gives no second claim.
    """
    found: list[Claim] = []
    episodes = tuple(episodes)
    for episode in episodes:
        for record in episode.reports:
            if record in reports:
                found.extend(_from_report(dyad, episode, record, reports[record]))
    contacts = {
        reports[record].event.document
        for episode in episodes
        if episode.act == "CONSULT" and episode.realised
        for record in episode.reports
        if record in reports
    }
    told = _spans(found)
    for episode in episodes:
        # "denied that it had agreed to": what is refused or denied is not undertaken by those words.
        for report in (reports[record] for record in episode.reports if record in reports):
            if report.event.type == "REJECT":
                evidence = report.event.evidence
                told.setdefault(evidence.document, []).append((evidence.start, evidence.end))
    for telling in tellings:
        content = telling.statement.content
        if not any(s < content.end and content.start < e for s, e in told.get(content.document, ())):
            found.extend(_from_telling(dyad, telling, telling.statement.document in contacts))
    unique = {claim.record: claim for claim in found}
    return tuple(sorted(unique.values(), key=lambda c: (c.published or date.min, c.document, c.start, c.end, c.record)))


def _spans(found: Iterable[Claim]) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for claim in found:
        spans.setdefault(claim.document, []).append((claim.start, claim.end))
    return spans


def _from_report(dyad: Dyad, episode: Episode, record: str, report: Report) -> Iterator[Claim]:
    event = report.event
    said = _said(event)
    kind = _kind_of_event(event, said)
    if kind is None or report.source.published is None:
        return
    by, towards = _of(dyad, event.actors), _of(dyad, event.recipients)
    accepts = event.trigger.text.lower().startswith("accept")
    if accepts:
        by, towards = towards, by
    if not by or (not towards and not event.reciprocal):
        return
    published = report.source.published
    made = _made(event, published)
    voice = report.source.side or _voice(event.said_by)
    host = _host(event, kind, accepts)
    yield Claim(
        record, True, event.document, event.evidence.start, event.evidence.end, episode.id, kind, by, towards, host,
        event.evidence.text, said, read_passage(said), issues_of(event.evidence.text),
        made, _due(event, said, made), published, voice if voice in dyad else None, event.confidence,
        _by_office((*event.actors, *event.recipients)),
    )  # fmt: skip


def _said(event: Event) -> str:
    """The words of an event's clause that undertake: all where it is a deed to come, else what follows the trigger."""
    text = event.evidence.text
    if event.act != "AGREE" and event.type != "REQUEST":
        return text
    after = text[max(0, event.trigger.end - event.evidence.start) :]
    if not re.search(r"\w", after):
        return text
    cut = _NEW_CLAUSE.search(after)
    return after[: cut.start()] if cut else after


def _kind_of_event(event: Event, said: str) -> str | None:
    if event.status in ("historical", "denied", "cancelled", "hypothetical"):
        return None
    word = event.trigger.text
    if event.type in ("AGREE", "RETREAT") and event.status in _OPEN and event.act in _TO_COME:
        return _TO_COME[event.act]
    if event.type == "THREATEN":
        return "threat" if _CONDITION.search(event.evidence.text) else None
    if event.type == "REQUEST":
        return "invitation" if _cue(word) == "invitation" and event.status == "happened" else None
    if event.type != "AGREE" or event.act != "AGREE" or event.status not in ("happened", "ongoing"):
        return None
    if word.lower().startswith("accept"):
        return "invitation" if re.search(r"\binvit", event.evidence.text) else None
    kind = _cue(word)
    if kind in (None, "none"):
        return None
    if kind == "invitation":
        return kind
    return _kind_of_words(kind, said)


def _kind_of_words(kind: str, said: str) -> str | None:
    """The kind of an undertaking to do what the words say; None for words that undertake nothing one could see done."""
    if _STATES.match(said) and not (said.strip().lower().startswith("that") and _MODAL.search(said)):
        return None
    if _MEETING.match(said):
        return "meeting"
    passage = read_passage(said)
    return kind if passage.words and (passage.deeds or kind == "promise") else None


def _cue(text: str) -> str | None:
    words = re.findall(r"\w+", text.lower())
    found = next(iter(undertaking_terms().find(words, words)), None)
    return found.value if found else None


def _made(event: Event, published: date) -> date:
    """The day an undertaking was given: the event's own where it lies behind publication, else publication."""
    when = event.date.start if event.date else None
    return when if when is not None and when < published and event.status not in _OPEN else published


def _due(event: Event, said: str, made: date) -> tuple[date | None, date | None]:
    when = event.date
    if event.status in _OPEN and when and when.end and when.end > made and when.basis != "publication":
        return max(when.start, made) if when.start else made, when.end
    return due_of(said, made)


def _host(event: Event, kind: str, accepts: bool) -> str | None:
    if kind == "invitation":
        if event.place and event.place.country:
            return event.place.country
        hosts = event.recipients if accepts else event.actors
        return next((p.actor.country for p in hosts if p.actor.country), None)
    if event.place and event.place.country:
        return event.place.country
    if event.mode == "visit":
        return next((p.actor.country for p in event.recipients if p.actor.country), None)
    return None


def _of(dyad: Dyad, who: Iterable[Participant]) -> tuple[Actor, ...]:
    return tuple(p.actor for p in who if p.actor.country in dyad)


def _by_office(who: Iterable[Participant]) -> frozenset[str]:
    """Ids of the persons whose mention has a title and no part of their name: "the two foreign ministers"."""
    found = set()
    for participant in who:
        text = fold(participant.span.text).lower()
        names = [name for name in fold(participant.actor.name).lower().split() if len(name) > 1]
        if not any(name in text for name in names) and not _PRONOUN.fullmatch(text):
            found.add(participant.actor.id)
    return frozenset(found)


def _voice(said_by: Participant | None) -> str | None:
    """The country that a source speaks for; None for reporters, observers and the unnamed."""
    return said_by.actor.country if said_by and said_by.actor.role in _VOICES else None


def issues_of(text: str) -> tuple[str, ...]:
    """Issues that a passage names, in alphabetical order."""
    words = re.findall(r"\w+", text.lower())
    return tuple(sorted({found.value for found in issue_terms().find(words, words)}))


def _from_telling(dyad: Dyad, telling: Telling, in_contact: bool) -> Iterator[Claim]:
    statement, source = telling.statement, telling.source
    speaker, side = statement.speaker, statement.side
    if speaker is None or side not in dyad or source.published is None or statement.forecast:
        return
    other = dyad[0] if dyad[1] == side else dyad[1]
    text = statement.content.text
    passage = read_passage(text)
    addressed = statement.addressee is not None and statement.addressee.actor.country == other
    if other not in passage.countries and not addressed and not (in_contact and _BOTH.search(text)):
        return
    found = _kind_of_statement(text, statement.cue, side)
    if found is None:
        return
    kind, said = found
    made = source.published
    by = (speaker.actor,)
    towards = (_state(other),)
    yield Claim(
        statement.id, False, statement.document, statement.content.start, statement.content.end, "", kind, by, towards,
        other if kind == "meeting" and _JOURNEY.search(said) else None,
        text, said, read_passage(said), statement.issues, made, due_of(said, made), source.published, side,
        statement.confidence,
    )  # fmt: skip


def _kind_of_statement(text: str, cue: Span | None, side: str) -> tuple[str, str] | None:
    """Kind and words of what a statement of one side undertakes."""
    intent = _INTENT.match(text)
    if intent is None:
        bare = _BARE.match(text)
        kind = _cue(cue.text) if bare and cue else None
        if bare is None or kind not in ("agreement", "promise"):
            return None
        settled = _kind_of_words(kind, bare["deed"])
        return (settled, bare["deed"]) if settled else None
    who = intent["who"]
    named = read_passage(who).countries
    if named - {side} or not (named or _SELF.search(who)):
        return None
    said = intent["deed"]
    condition = _CONDITION.search(text)
    if condition:
        words = re.findall(r"\w+", said.lower())
        threatens = any(found.value == "threat" for found in undertaking_terms().find(words, words))
        return ("threat", text) if threatens else None
    if _MEETING.match(said):
        return "meeting", said
    passage = read_passage(said)
    return ("promise", said) if passage.deeds and passage.words else None


def _state(country: str) -> Actor:
    """A country as an actor."""
    entry = load_lexicon().countries.get(country)
    return Actor(country, entry.name if entry else country, country)
