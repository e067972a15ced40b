"""Who speaks: from the source of an attribution or the label of a turn to an actor."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, Attribution, Mention
from detente.coding.attribution_frames import lemma_of
from detente.coding.attribution_nominals import noun_source
from detente.coding.briefing import lone_answerer, unnamed_speaker
from detente.coding.coref_state import Discourse
from detente.lexicon import cues
from detente.lexicon.askers import asks
from detente.lexicon.load import slug
from detente.records import Actor, Participant

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.lexicon import Lexicon

# Sectors whose members speak for their state (PLOVER).
_STATE: Final = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
_OBSERVERS: Final = frozenset(
    "analyst expert professor scholar economist researcher historian academic observer strategist scientist lecturer "
    "commentator fellow institute university study survey poll group consultancy think-tank".split()
)
_MEDIA: Final = frozenset(
    "reporter journalist newspaper outlet media agency magazine broadcaster correspondent editorial columnist".split()
)
# Papers speak for those who issue them.
_PAPERS: Final = frozenset(
    "readout statement communique communiqué summary transcript document paper notice press post tweet message letter "
    "account remark comment speech release report dispatch announcement note memo text".split()
)
_TITLE_WORD: Final = re.compile(r"^(?:MR|MRS|MS|DR|THE|SENATOR|SEN|REP|SIR|LORD)\.?$", re.IGNORECASE)


def speakers_of(analysis: Analysis, attribution: Attribution) -> tuple[tuple[Participant, ...], str]:
    """The speakers of an attribution and how they were found; none for a source that is nobody ("it seems").

    A group ("both sides") gives all its members.
    """
    if attribution.source_root is None or attribution.source is None:
        return (), "no source"
    root = analysis.doc[attribution.source_root]
    mention, why = _mention(analysis, root, attribution)
    if mention is not None and mention.actors:
        span = analysis.span(*_span_of(mention, attribution))
        return tuple(Participant(actor, span) for actor in mention.actors), why
    if root.pos_ == "PRON":
        return (), f"{root.text!r} refers to nobody known"
    actor = _nameless(analysis, root, attribution.source)
    if actor is None:
        return (), f"{root.text!r} is no speaker"
    return (Participant(actor, analysis.span(*attribution.source)),), f"role noun {root.text!r}"


def _span_of(mention: Mention, attribution: Attribution) -> tuple[int, int]:
    source = attribution.source
    inside = source is not None and source[0] <= mention.start and mention.end <= source[1]
    return source if source is not None and inside else (mention.start, mention.end)


def _mention(analysis: Analysis, root: Token, attribution: Attribution) -> tuple[Mention | None, str]:
    """The mention that a source is: at its head, or whoever issues the paper, or the first inside it."""
    lemma = lemma_of(root)
    paper = root.pos_ == "NOUN" and (lemma in _PAPERS or (lemma, "noun") in cues.nominals())
    direct = analysis.mention_at(root.i)
    if direct is not None and direct.actors and not (paper and direct.actors[0].role == "media"):
        return direct, f"{direct.why or direct.kind} {root.text!r}"
    if paper:
        issuer = _issuer(analysis, root)
        if issuer is not None:
            return issuer, f"whose {lemma}"
    if direct is not None:
        return direct, direct.why
    source = attribution.source
    if source is not None and root.pos_ in {"NOUN", "PROPN"}:
        # An apposition or a name whose head the mention puts elsewhere.
        for mention in analysis.mentions_in(*source):
            if mention.start <= root.i < mention.end and mention.actors:
                return mention, f"name around {root.text!r}"
        for kid in root.children:
            if kid.dep_ == "appos" and (inner := analysis.mention_at(kid.i)) is not None and inner.actors:
                return inner, f"apposition to {root.text!r}"
    return None, ""


def _issuer(analysis: Analysis, noun: Token) -> Mention | None:
    for kid in noun.children:
        if kid.dep_ in {"poss", "amod", "compound", "nmod"}:
            for token in kid.subtree:
                mention = analysis.mention_at(token.i)
                if mention is not None and mention.actors:
                    return mention
    owner = noun_source(noun)
    if owner is None:
        prep = next((k for k in noun.children if k.dep_ == "prep" and k.lower_ in {"of", "from", "by"}), None)
        owner = next((k for k in prep.children if k.dep_ == "pobj"), None) if prep is not None else None
    if owner is None:
        return None
    mention = analysis.mention_at(owner.i)
    return mention if mention is not None and mention.actors else None


def _entity(root: Token) -> str:
    """The text of the named entity that holds a token."""
    doc, start, end = root.doc, root.i, root.i + 1
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end].text


def _nameless(analysis: Analysis, root: Token, source: tuple[int, int]) -> Actor | None:
    """An actor for a source that the lexicon does not know: by its head noun, or a bare name."""
    lemma = lemma_of(root)
    nearby = [actor for mention in analysis.mentions_in(*source) for actor in mention.actors]
    country = next((actor.country for actor in nearby if actor.country), None)
    if root.ent_type_ == "PERSON" or (root.pos_ == "PROPN" and root.ent_type_ not in {"DATE", "TIME"}):
        name = root.text if not root.ent_type_ else _entity(root)
        words = {lemma_of(token) for token in analysis.doc[source[0] : source[1]]}
        role = "observer" if words & _OBSERVERS else "unnamed"
        return Actor(f"person:{slug(name)}", name, None, (), role=role)
    if root.pos_ != "NOUN":
        return None
    if lemma in _OBSERVERS:
        return Actor(f"observer:{lemma}", lemma, None, ("EDU",), role="observer")
    if lemma in _MEDIA:
        return Actor(f"media:{lemma}", lemma, None, ("MED",), role="media")
    if root.ent_type_ or lemma in {
        "official",
        "source",
        "diplomat",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "aide",
    }:
        return Actor(f"{country or 'unnamed'}:{lemma}", lemma, country, ("GOV",) if country else (), role="unnamed")
    if (lemma, "noun") in cues.nominals() or lemma in _PAPERS:
        return None
    return Actor(f"unnamed:{lemma}", lemma, country, (), role="unnamed")


def side_of(actor: Actor) -> str | None:
    """The country an actor speaks for: None for observers, media, companies and private persons."""
    if actor.country is None or actor.role in ("observer", "media"):
        return None
    if actor.role == "spokesperson" or not actor.sectors or _STATE & set(actor.sectors):
        return actor.country
    return None


class TurnSpeakers:
    """Who speaks in the turns of a transcript, by the labels printed before them; each label is looked up once."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self._analysis, self._lexicon = analysis, lexicon
        self._bearers: dict[str, tuple[Actor, str]] = {}

    def of_attribution(self, attribution: Attribution) -> tuple[Participant | None, str]:
        """The speaker of the turn that an attribution without a cue is, and how he was found."""
        begin = self._analysis.span(*attribution.content[0]).start
        turns = self._analysis.document.turns
        number = bisect_right(turns, begin, key=lambda turn: turn.start) - 1
        if number < 0:
            return None, "before the first turn"
        text, label = self._analysis.document.text, turns[number].speaker.strip()
        start = text.rfind(label, 0, turns[number].start) if label else -1
        if start < 0:
            return None, "the turn has no label"
        surface = self._analysis.surface
        span = self._analysis.char_span(surface.from_stored(start), surface.from_stored(start + len(label)))
        if label not in self._bearers:
            self._bearers[label] = self._bearer(label)
        actor, why = self._bearers[label]
        return Participant(actor, span), why

    def _bearer(self, label: str) -> tuple[Actor, str]:
        if asks(label):
            return Actor("media:reporter", "reporter", None, ("MED",), role="media"), "question"
        office = unnamed_speaker(label, self._talk)
        if office is not None:
            return office, f"label {label!r} of the side that holds the briefing"
        # A post may follow the name: "Ana Lind, Official Spokesperson".
        words = [word.strip(".,:") for word in label.partition(", ")[0].split() if not _TITLE_WORD.match(word)]
        surname = words[-1].lower() if words else label.lower()
        same = self._people.get(surname, [])
        # The label itself is a mention that tells nothing of the country.
        actor = next((one for one in same if one.country), None)
        if actor is not None:
            return actor, f"label {label!r} is {actor.name}"
        day = self._analysis.document.published
        rows = self._lexicon.person(" ".join(words), day) or self._lexicon.short(surname.capitalize(), day)
        if len({row.name for row in rows}) == 1:
            row = rows[0]
            actor = Actor(f"person:{slug(row.name)}", row.name, row.country, ("GOV",), row.title, row.level, "party")
            return actor, f"label {label!r} by the table of holders"
        name = same[0].name if same else label.title()
        alone = lone_answerer(label, name, self._talk)
        if alone is not None:
            return alone, f"label {label!r}, alone to answer"
        if self._only_asks(label):
            return Actor(f"person:{slug(name)}", name, None, ("MED",), role="media"), "only asks"
        if same:
            return same[0], f"label {label!r} is {name}"
        return Actor(f"person:{slug(name)}", name), "label"

    @cached_property
    def _talk(self) -> Discourse:
        return Discourse(self._analysis, self._lexicon, self._analysis.mentions)

    @cached_property
    def _people(self) -> dict[str, list[Actor]]:
        """The persons mentioned, in order, by the last word of the name."""
        found: dict[str, list[Actor]] = {}
        for mention in self._analysis.mentions:
            for actor in mention.actors:
                if actor.id.startswith("person:"):
                    found.setdefault(actor.name.lower().split()[-1], []).append(actor)
        return found

    @cached_property
    def _turns_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, turn in enumerate(self._analysis.document.turns):
            found.setdefault(turn.speaker.strip(), []).append(number)
        return found

    def _only_asks(self, label: str) -> bool:
        """Whether somebody puts a question in every turn, and another speaks after it."""
        text, turns = self._analysis.document.text, self._analysis.document.turns
        return all(
            number + 1 < len(turns)
            and turns[number + 1].speaker != turns[number].speaker
            and "?" in text[turns[number].start : turns[number].end]
            for number in self._turns_of[label]
        )
