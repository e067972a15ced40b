"""Single tellings of undertakings: events and statements in which somebody promises, invites, agrees or threatens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from detente.ledger.claim import JOURNEY, Claim
from detente.ledger.due import due_of, is_looked_back_at
from detente.ledger.passages import read_passage
from detente.ledger.wording import (
    Wording,
    by_topic,
    cue_kind,
    is_harm,
    is_meeting,
    is_threat,
    of_complement,
    of_statement,
    parts_of,
    welcomes,
)
from detente.lexicon import load_lexicon
from detente.lexicon.issues import issue_terms
from detente.lexicon.phrases import fold
from detente.records import Actor, Event, Participant
from detente.relations import Dyad, Episode, Report, Telling

# Acts whose being still to come makes them undertakings.
_TO_COME: Final = {
    "CONSULT": "meeting",
    "SUPPORT": "promise",
    "COOPERATE": "promise",
    "AID": "promise",
    "RETREAT": "promise",
}
# A concession to come is AGREE to the relation model, RETREAT to the rules: its doubt is of the name and not of what is
# undertaken ("will lift its curbs"). Set by eye on a dozen sentences of our own.
_LEAST_PLANNED: Final = 0.7
_OPEN: Final = ("planned", "possible")
# Who speaks for a state; None: a state or body itself.
_VOICES: Final = ("party", "spokesperson", None)
_PRONOUN: Final = re.compile(r"he|she|him|her|they|them|i|me|we|us|who|both|the two|the pair")
# Before a deed to come: whether it will be done, or what had been agreed long ago.
_OPEN_QUESTION: Final = re.compile(
    r"^\W*(?:whether|if|what|how|why|who)\b|\bhad (?:agreed|promised|pledged)\b", re.IGNORECASE
)
# "as we work through them with their side"
_SUBORDINATE: Final = re.compile(r"^\W*(?:as|when|while|once|before|after|until|since)\b", re.IGNORECASE)
# A meeting named for what came of it lies behind: "to carry out the consensus from the June call".
_OUTCOME: Final = re.compile(
    r"\b(?:consensus|understandings?|agreements?|outcomes?|results?)\b[^.;]{0,20}"
    r"\b(?:in|at|from|of|during|by|between)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_INVITED: Final = re.compile(r"\binvit", re.IGNORECASE)
_BOTH: Final = re.compile(r"\b(?:both|(?:the )?two|each other|sides)\b", re.IGNORECASE)
_NEW_CLAUSE: Final = re.compile(
    r";|, (?:and|but|while|as) (?:they|he|she|it|we|both|the)\b|\band that\b"
    r"|, and (?:had|held|welcomed|discussed|exchanged)\b|\band (?:they|he|she)\b"
    r"|, and (?=(?-i:[A-Z][\w.]+ (?:[A-Z][\w.]+ )*)(?:is|was|are|were|will|has|had)\b)"
)


def claims(
    dyad: Dyad, episodes: Iterable[Episode], reports: Mapping[str, Report], tellings: Iterable[Telling]
) -> tuple[Claim, ...]:
    """Every undertaking of a dyad that an event or a statement tells, in the order of documents and text.

    A statement beside an event that tells the same words gives no second claim.
    """
    filed = [(episode, r, reports[r]) for episode in episodes for r in episode.reports if r in reports]
    by_report = [list(_from_report(dyad, *one)) for one in filed]
    # What a list of things agreed tells one by one, an event of one of them tells again.
    listed = [c for claims_of in by_report if len(claims_of) > 1 for c in claims_of if c.kind == "agreement"]
    found = [c for claims_of in by_report for c in claims_of if c.kind != "meeting" or not _overlaps(c, listed)]
    told: dict[str, list[tuple[int, int]]] = {}
    for claim in found:
        told.setdefault(claim.document, []).append((claim.start, claim.end))
    for _, _, report in filed:
        # "denied that it had agreed to": what is denied is not undertaken by those words.
        if report.event.type == "REJECT" and report.event.act in ("AGREE", "REJECT"):
            evidence = report.event.evidence
            told.setdefault(evidence.document, []).append((evidence.start, evidence.end))
    contacts = {report.event.document for e, _, report in filed if e.act == "CONSULT" and e.realised}
    for telling in tellings:
        content = telling.statement.content
        if not any(s < content.end and content.start < e for s, e in told.get(content.document, ())):
            found.extend(_from_telling(dyad, telling, content.document in contacts))
    unique = {(claim.record, claim.start): claim for claim in found}
    return in_order(unique.values())


def in_order(found: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims in the order of documents and text."""
    return tuple(sorted(found, key=lambda c: (c.published, c.document, c.start, c.end, c.record)))


def _overlaps(claim: Claim, others: Iterable[Claim]) -> bool:
    return any(claim.document == one.document and claim.start < one.end and one.start < claim.end for one in others)


def _from_report(dyad: Dyad, episode: Episode, record: str, report: Report) -> Iterator[Claim]:
    event, published = report.event, report.source.published
    wordings = _of_event(event)
    if not wordings or published is None:
        return
    by, towards = _of(dyad, event.actors), _of(dyad, event.recipients)
    accepts = event.type == "REJECT" or event.trigger.text.lower().startswith("accept")
    if accepts:
        by, towards = towards, by
    if not by or (not towards and not event.reciprocal):
        return
    made = _made(event, published)
    voice = report.source.side or _voice(event.said_by)
    for start, words, wording in wordings:
        yield Claim(
            record=record,
            is_event=True,
            document=event.document,
            start=event.evidence.start + start,
            end=event.evidence.start + start + len(words),
            episode=episode.id,
            kind=wording.kind,
            by=by,
            towards=towards,
            host=_host(event, wording.kind, accepts) if wording.meets else None,
            words=words,
            said=wording.said,
            passage=read_passage(wording.said),
            issues=issues_of(words),
            made=made,
            due=_due(event, wording.said, made),
            published=published,
            voice=voice if voice in dyad else None,
            confidence=max(event.confidence, _LEAST_PLANNED if event.type == "RETREAT" else 0.0),
            meets=wording.meets,
            abstains=wording.abstains,
            offices=_by_office((*event.actors, *event.recipients)),
        )


def _of_event(event: Event) -> list[tuple[int, str, Wording]]:
    """What an event undertakes: where in its evidence, in what words, and what; several where it agrees to a list."""
    text = event.evidence.text
    kind = _kind_of_event(event)
    if kind is None:
        return []
    if kind not in ("agreement", "promise") or event.act != "AGREE":
        meets = kind in ("meeting", "invitation") or (kind != "threat" and is_meeting(text))
        topics = by_topic(text) if kind == "meeting" else [text]
        if len(topics) > 1:
            return [(text.find(topic), topic, Wording(kind, topic, meets=True)) for topic in topics]
        return [(0, text, Wording(kind, _said(event), meets=meets))]
    said = _said(event)
    undertaken = [(text.find(part), part, of_complement(kind, part)) for part in parts_of(said)]
    if len(undertaken) == 1:
        return [(0, text, wording) for _, _, wording in undertaken if wording]
    return [(start, part, wording) for start, part, wording in undertaken if wording]


def _kind_of_event(event: Event) -> str | None:
    """The kind of undertaking that an event is, None if it is none."""
    if event.status in ("historical", "denied", "cancelled", "hypothetical"):
        return None
    word, text = event.trigger.text, event.evidence.text
    if text.rstrip(' "”’').endswith("?"):
        return None
    if event.status in _OPEN and _OPEN_QUESTION.search(text[: max(0, event.trigger.start - event.evidence.start)]):
        return None
    if event.type in ("AGREE", "RETREAT") and event.status in _OPEN and event.act in _TO_COME:
        return "invitation" if welcomes(text) else _kind_to_come(event)
    if event.type == "THREATEN":
        return "threat" if is_threat(text) else None
    if event.type == "REJECT":
        # Whoever declines an invitation had one.
        return "invitation" if event.mode == "meet" and event.status == "happened" and _INVITED.search(text) else None
    if event.type == "REQUEST":
        return "invitation" if cue_kind(word) == "invitation" and event.status == "happened" else None
    if event.type != "AGREE" or event.act != "AGREE" or event.status not in ("happened", "ongoing"):
        return None
    if word.lower().startswith("accept"):
        return "invitation" if _INVITED.search(text) else None
    kind = cue_kind(word)
    if kind == "promise" and event.reciprocal:
        # "Both sides committed to": each towards the other.
        return "agreement"
    return kind if kind != "none" else None


def _kind_to_come(event: Event) -> str | None:
    text, kind = event.evidence.text, _TO_COME[event.act]
    before = text[: max(0, event.trigger.start - event.evidence.start)]
    if kind == "meeting":
        return None if _OUTCOME.search(before) else kind
    # A deed that only may be done is nobody's promise: "we hope they will work with us", "I could sell them oil".
    if event.status != "planned" or (_SUBORDINATE.match(text) and "," not in before):
        return None
    return "threat" if is_harm(text) else kind


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


def _made(event: Event, published: date) -> date:
    """The day an undertaking was given: the event's own where it lies behind publication, else publication."""
    when = event.date.start if event.date else None
    return when if when is not None and when < published and event.status not in _OPEN else published


def _due(event: Event, said: str, made: date) -> tuple[date | None, date | None]:
    when = event.date
    if (
        event.status in _OPEN
        and when
        and when.end
        and when.end > made
        and when.basis != "publication"
        and not is_looked_back_at(said, when.text or "", when.end - made)
    ):
        return max(when.start, made) if when.start else made, when.end
    return due_of(said, made)


def _host(event: Event, kind: str, accepts: bool) -> str | None:
    if event.place and event.place.country:
        return event.place.country
    if kind == "invitation":
        hosts = event.recipients if accepts else event.actors
    else:
        hosts = event.recipients if event.mode == "visit" else ()
    return next((p.actor.country for p in hosts if p.actor.country), None)


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
    speaker, side, published = statement.speaker, statement.side, source.published
    if speaker is None or side not in dyad or published is None or statement.forecast:
        return
    if speaker.actor.role == "unnamed" and not speaker.actor.sectors:
        return  # "according to the consensus"
    other = dyad[0] if dyad[1] == side else dyad[1]
    whole = statement.content.text
    addressed = statement.addressee is not None and statement.addressee.actor.country == other
    named = addressed or other in read_passage(whole).countries
    for start, text, wording in of_statement(whole, statement.cue.text if statement.cue else "", side, statement.form):
        # What is said at a contact of the two, or told by the other side, is said to it.
        implied = in_contact and (bool(_BOTH.search(text)) or wording.abstains or source.side == other)
        if not named and not implied:
            continue
        if wording.kind == "invitation":
            host: str | None = side
        else:
            host = other if wording.meets and JOURNEY.search(wording.said) else None
        yield Claim(
            record=statement.id,
            is_event=False,
            document=statement.document,
            start=statement.content.start + start,
            end=statement.content.start + start + len(text),
            episode="",
            kind=wording.kind,
            by=(speaker.actor,),
            towards=(_state(other),),
            host=host,
            words=text,
            said=wording.said,
            passage=read_passage(wording.said),
            issues=issues_of(text) or statement.issues,
            made=published,
            due=due_of(wording.said, published),
            published=published,
            voice=source.side if source.side in dyad else side,
            confidence=statement.confidence,
            meets=wording.meets,
            abstains=wording.abstains,
        )


def _state(country: str) -> Actor:
    """A country as an actor."""
    entry = load_lexicon().countries.get(country)
    return Actor(country, entry.name if entry else country, country)
