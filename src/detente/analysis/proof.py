"""The evidence of one record: where it stands in its document, why each field has its value, who else tells of it.

`proof_of_record(coded, record, others) -> Proof` for events, statements and signals; `proof_of_derived(dossier, id)`
for episodes, contacts and commitments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from detente.analysis import desk
from detente.analysis.brief_promises import verdict_of
from detente.analysis.dossier import Dossier
from detente.analysis.evidence import is_web, origin_of, sentence_around
from detente.analysis.marked_text import Mark, Piece, pieces
from detente.analysis.reasons import Field, fields_of
from detente.analysis.review_notes import Note
from detente.errors import RecordError
from detente.lexicon import load_lexicon
from detente.records import Actor, Event, Signal, Statement
from detente.relations import Commitment, Contact, Episode, Source

# Characters of a document shown around the record; the page of the document has all.
_AROUND: Final = 6_000
# No sentence is quoted at greater length.
_QUOTED: Final = 1_500
_MOST_REPORTS: Final = 100


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document with its marks. `record` is the id of the record that it bears out; `cut` says whether the
    text goes on before or after. `url` only if it is an address of the web."""

    record: str
    document: str
    title: str
    origin: str
    published: date | None
    url: str | None
    confidence: float | None
    pieces: tuple[Piece, ...]
    cut: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Proof:
    """`what` says the record in a line; `main` is its own document (None: it rests on several); `others` are the other
    reports of the same; `rests_on` are ids of further records with what they are to this one; `wire` is the record.
    `reviews` are what people said of it, `state` what these come to (`ledger.reviews.STATES`)."""

    id: str
    kind: str
    what: str
    dyads: tuple[tuple[str, str], ...]
    confidence: float | None
    fields: tuple[Field, ...]
    main: Excerpt | None
    others: tuple[Excerpt, ...]
    rests_on: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    readouts: tuple[tuple[str, str], ...]
    wire: Mapping[str, Any]
    reviews: tuple[Note, ...] = ()
    state: str | None = None


def country_name(iso: str) -> str:
    """The name of a country by its code; the code if it is not known."""
    country = load_lexicon().countries.get(iso)
    return country.name if country else iso


def what_of(record: Event | Statement | Signal) -> str:
    """The record in a line."""
    if isinstance(record, Event):
        return f"{desk.capital(desk.deed(record.type, record.mode))}, {record.status}: {_direction(record)}"
    if isinstance(record, Signal):
        towards = f" towards {country_name(record.towards)}" if record.towards else ""
        return f"Graded language, rung {record.rung} of {record.scale}: {country_name(record.government)}{towards}"
    speaker = desk.full_name(record.speaker.actor) if record.speaker else "somebody not named"
    about = f" on {', '.join(record.issues)}" if record.issues else ""
    return f"Statement of {speaker}{about}"


def _direction(event: Event) -> str:
    one, other = (_named(p.actor for p in side) for side in (event.actors, event.recipients))
    return f"{one} → {other}" if one and other else one or other


def _named(actors: Iterable[Actor]) -> str:
    names = dict.fromkeys(desk.full_name(actor) for actor in actors)
    return desk.listed(list(names))


def marks_of(record: Event | Statement | Signal) -> Iterator[Mark]:
    """What of its document a record rests on."""
    if isinstance(record, Event):
        yield Mark(record.evidence.start, record.evidence.end, "evidence")
        yield Mark(record.trigger.start, record.trigger.end, "trigger")
        for kind, people in (("actor", record.actors), ("recipient", record.recipients)):
            yield from (Mark(p.span.start, p.span.end, kind) for p in people)
        if record.said_by:
            yield Mark(record.said_by.span.start, record.said_by.span.end, "voice")
        yield from (Mark(span.start, span.end, "also") for span in record.also)
    elif isinstance(record, Signal):
        yield Mark(record.evidence.start, record.evidence.end, "evidence")
        yield Mark(record.formula.start, record.formula.end, "trigger")
    else:
        yield Mark(record.content.start, record.content.end, "evidence")
        if record.cue:
            yield Mark(record.cue.start, record.cue.end, "trigger")
        for kind, who in (("actor", record.speaker), ("recipient", record.addressee), ("voice", record.via)):
            if who:
                yield Mark(who.span.start, who.span.end, kind)


def excerpt(record: Event | Statement | Signal, source: Source, text: str, around: int = 0) -> Excerpt:
    """The sentence of a record, or so many characters before and after it, to the ends of sentences."""
    marks = tuple(marks_of(record))
    first, last = marks[0].start, min(marks[0].end, marks[0].start + _QUOTED)
    near = max(0, first - around - _QUOTED), min(len(text), last + around + _QUOTED)
    window = text[near[0] : near[1]]
    start, end = (
        sentence_around(window, max(0, first - around - near[0]), last + around - near[0])
        if around
        else sentence_around(window, first - near[0], last - near[0])
    )
    start, end = near[0] + start, near[0] + end
    if not around:
        start, end = max(start, first - _QUOTED), min(end, last + _QUOTED)
    return Excerpt(
        record=record.id,
        document=source.document,
        title=desk.clean(source.title or "") or "untitled",
        origin=desk.clean(origin_of(source)),
        published=source.published,
        url=source.url if is_web(source.url) else None,
        confidence=getattr(record, "confidence", None),
        pieces=pieces(text, marks, start, end),
        cut=(start > 0, end < len(text)),
    )


def proof_of_record(
    record: Event | Statement | Signal,
    source: Source,
    text: str,
    others: Iterable[tuple[Event, Source, str]] = (),
    episodes: Iterable[tuple[str, tuple[str, str]]] = (),
) -> Proof:
    """The evidence of an event, statement or signal. `others` are the other reports of its episodes, with head and text
    of their documents; `episodes` the ids and dyads of these."""
    episodes = tuple(episodes)
    return Proof(
        id=record.id,
        kind={Event: "event", Statement: "statement", Signal: "signal"}[type(record)],
        what=what_of(record),
        dyads=tuple(dict.fromkeys(dyad for _, dyad in episodes)),
        confidence=getattr(record, "confidence", None),
        fields=fields_of(record),
        main=excerpt(record, source, text, _AROUND),
        others=tuple(excerpt(event, head, own) for event, head, own in list(others)[:_MOST_REPORTS]),
        rests_on=tuple((id, f"episode of {country_name(a)} and {country_name(b)}") for id, (a, b) in episodes),
        documents=(source.document,),
        readouts=(),
        wire=record.to_dict(),
    )


def proof_of_derived(dossier: Dossier, id: str) -> Proof:
    """The evidence of an episode, contact or commitment of a dossier.

    Raises:
        RecordError: there is none of this id.
    """
    known: list[Episode | Contact | Commitment] = [*dossier.contacts, *dossier.episodes, *dossier.commitments]
    for found in known:
        if found.id == id:
            return _derived(dossier, found)
    raise RecordError(f"no record {id!r} of {' and '.join(dossier.dyad)} is known on {dossier.as_of}")


def _derived(dossier: Dossier, found: Episode | Contact | Commitment) -> Proof:
    episodes = {episode.id: episode for episode in dossier.episodes}
    statements = {t.statement.id: t for t in dossier.tellings}
    ids: tuple[str, ...]
    rests: list[tuple[str, str]] = []
    if isinstance(found, Contact):
        kind, what = "contact", f"{desk.capital(desk.how(found))}: {_named(found.participants)}"
        ids = episodes[found.episode].reports if found.episode in episodes else ()
        rests.append((found.episode, "the episode that it is"))
        fields = _contact_fields(found)
    elif isinstance(found, Episode):
        one, other = _named(found.actors), _named(found.recipients)
        who = f"{one} → {other}" if one and other else one or other
        kind, what = "episode", f"{desk.capital(desk.deed(found.type, found.mode))}, {found.status}: {who}"
        ids, fields = found.reports, _episode_fields(found)
    else:
        kind, what = "commitment", f"{desk.capital(desk.UNDERTAKINGS[found.kind])}: {_named(found.by)}"
        ids, fields = (*found.reports, *found.tellings), _commitment_fields(found)
        settled = found.settled.records if found.settled else ()
        rests += [(id, "settles it") for id in settled]
        rests += [(id, "the other side's own words") for id in found.confirmed_by]
        rests += [(found.episode, "its episode")] if found.episode else []
    shown = []
    for number in dict.fromkeys(ids[:_MOST_REPORTS]):
        if number in dossier.reports:
            report = dossier.reports[number]
            shown.append(excerpt(report.event, report.source, dossier.texts.get(report.event.document, "")))
        elif number in statements:
            telling = statements[number]
            text = dossier.texts.get(telling.statement.document, "")
            shown.append(excerpt(telling.statement, telling.source, text))
    return Proof(
        id=found.id,
        kind=kind,
        what=what,
        dyads=(dossier.dyad,),
        confidence=found.confidence,
        fields=tuple(fields),
        main=None,
        others=tuple(shown),
        rests_on=tuple(dict.fromkeys(rests)),
        documents=found.documents,
        readouts=found.readouts if isinstance(found, Contact) else (),
        wire=found.to_dict(),
    )


def _contact_fields(contact: Contact) -> Iterator[Field]:
    yield Field("when", desk.days(contact.start, contact.end))
    yield Field("channel", contact.channel)
    yield Field("mode", contact.mode)
    yield Field("place", contact.place.name if contact.place else "–")
    yield Field("confidence", f"{contact.confidence:.2f}")


def _episode_fields(episode: Episode) -> Iterator[Field]:
    yield Field("when", desk.days(episode.start, episode.end), f"dated by: {episode.basis}" if episode.basis else "")
    yield Field("place", episode.place.name if episode.place else "–")
    yield Field("issues", ", ".join(episode.issues) or "–")
    told = f"{desk.counted(len(episode.reports), 'report')} in {desk.counted(len(episode.documents), 'document')}"
    yield Field("told", told)
    for conflict in episode.conflicts:
        values = "; ".join(f"{value} ({desk.counted(len(ids), 'report')})" for value, ids in conflict.values)
        yield Field(conflict.field, values, "the reports differ")
    yield Field("confidence", f"{episode.confidence:.2f}", "that one at least of its independent documents is right")


def _commitment_fields(commitment: Commitment) -> Iterator[Field]:
    yield Field("made", desk.day(commitment.made) if commitment.made else "–")
    due = commitment.due_start or commitment.due_end
    yield Field("due", desk.days(commitment.due_start, commitment.due_end) if due else "–")
    yield Field("towards", _named(commitment.towards) or "–")
    yield Field("said by", ", ".join(map(country_name, commitment.claimed_by)) or "reporters only")
    yield Field("the other side", commitment.confirmation)
    settled = commitment.settled
    yield Field("state", verdict_of(commitment)[0], settled.why if settled else "")
    if settled and settled.on:
        yield Field("settled on", desk.day(settled.on))
    yield Field("confidence", f"{commitment.confidence:.2f}")
