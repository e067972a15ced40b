"""Top titles that are not those of a state: "the president of the chamber", "the firm's president", "rebel leader"."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from spacy.tokens import Doc, Token

from detente.coding.analysis import Mention
from detente.coding.mentions_hits import Hit, Hits
from detente.coding.mentions_phrase import STATES, Phrase, scan_left, scan_right
from detente.lexicon.entries import Anaphor, Office

# Why a mention of such a title stays without the head of a state; coreference leaves it alone.
WHY: Final = "head of a body"
TOP: Final = frozenset({"leader", "deputy leader"})
# Nouns that own a head of state: "the country's president", "leader of the regime"; and parts of the title itself.
_STATE_NOUNS: Final = frozenset(
    """
    country nation state republic kingdom emirate sultanate monarchy island neighbour neighbor ally superpower regime
    government junta administration revolution coup people world land caretaker wartime interim transition war
    military
    """.split()
)
# Role nouns before a title that leave it a state's: "military leader", "government leader".
_STATELY: Final = frozenset({"GOV", "MIL"})
_NAMED: Final = frozenset({"NOUN", "PROPN"})
# Tokens between a title and the name that stands in apposition to it.
_REACH: Final = 12


def of_a_body(phrase: Phrase, title: tuple[int, int], doc: Doc, hits: Hits) -> bool:
    """Whether the title at the tokens [start, end) of a phrase is owned by what is no state.

    Its owner is told by "of", by a genitive or by a noun right before it, or is a company or group; several leaders
    may be of several states.
    """
    if phrase.plural or phrase.orgs:
        return False
    groups = any("GOV" not in group.sectors for group in phrase.groups)
    if (groups and (phrase.end > title[1] or not phrase.countries)) or any(
        not _STATELY & set(agent.sectors) for agent in phrase.agents
    ):
        return True
    return (
        _of(phrase, title, doc, hits)
        or _genitive(phrase, doc, hits)
        or any(_modifier(doc[index], title, hits) for index in range(phrase.start, title[0]))
    )


def of_a_region(phrase: Phrase, hits: Hits) -> bool:
    """Whether a part of a state is all that a title names of it: "the Chechen leader"."""
    found = [hit for index in range(phrase.start, phrase.end) if (hit := hits.starting(index)) and hit.of(*STATES)]
    return bool(found) and all(_is_region(hit) for hit in found)


def is_of_a_body(title: Hit, doc: Doc, hits: Hits, floor: int, ceiling: int) -> bool:
    """The same for a title by a person's name, with the words around it between the tokens `floor` and `ceiling`."""
    office = title.of("office")
    if office is None or not isinstance(office.payload, Office) or office.payload.level not in TOP:
        return False
    phrase = Phrase(title.start, title.end, plural=office.plural)
    scan_left(phrase, doc, hits, floor)
    scan_right(phrase, doc, hits, ceiling)
    return of_a_body(phrase, (title.start, title.end), doc, hits)


def _of(phrase: Phrase, title: tuple[int, int], doc: Doc, hits: Hits) -> bool:
    if phrase.end != title[1] or phrase.end >= len(doc) or doc[phrase.end].lower_ != "of":
        return False
    preposition = doc[phrase.end]
    if not phrase.start <= preposition.head.i < phrase.end:
        return False
    owner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if owner is None:
        return False
    hit = hits.at(owner.i)
    return (hit is not None and _is_region(hit)) or _no_state(owner, hits)


def _is_region(hit: Hit) -> bool:
    return hit.of("subnational") is not None and hit.of("adjective", "country", "capital") is None


def _genitive(phrase: Phrase, doc: Doc, hits: Hits) -> bool:
    owner = doc[phrase.possessor] if phrase.possessor is not None else None
    return owner is not None and owner.tag_ != "PRP$" and _no_state(owner, hits)


def _no_state(owner: Token, hits: Hits) -> bool:
    if owner.lemma_.lower() == "federation" and any(child.dep_ == "compound" for child in owner.children):
        # "The football federation" is none of states.
        return True
    named = owner.ent_type_ in ("PERSON", "DATE")
    if owner.pos_ not in _NAMED or owner.lemma_.lower() in _STATE_NOUNS or named:
        return False
    hit = hits.at(owner.i)
    if hit is None:
        return True
    anaphor = hit.of("anaphor")
    if anaphor is not None and isinstance(anaphor.payload, Anaphor) and hit.of("agent") is None:
        return False
    return hit.of(*STATES, "organisation", "group", "person", "short", "seat") is None


def _modifier(token: Token, title: tuple[int, int], hits: Hits) -> bool:
    """ "The Harvard president", "the bank president"."""
    if token.dep_ not in ("compound", "nmod") or token.head.i < title[0]:
        return False
    if token.pos_ == "PROPN" and token.ent_type_ != "ORG":
        return False
    hit = hits.at(token.i)
    return _no_state(token, hits) and (hit is None or hit.of("office", "institution") is None)


def apposed(phrase: Phrase, doc: Doc, people: Collection[Mention]) -> Mention | None:
    """The person named behind a title that "of …" makes longer: "the leader of the talks, Minister X"."""
    end = min(phrase.end + _REACH, len(doc))
    comma = next((index for index in range(phrase.end, end) if doc[index].text == ","), None)
    if comma is None or any(token.pos_ in ("VERB", "AUX") for token in doc[phrase.end : comma]):
        return None
    return next((person for person in people if person.start == comma + 1 and len(person.actors) == 1), None)
