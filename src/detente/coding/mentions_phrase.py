"""Noun phrases around a title or role noun: what stands left and right of it and what that says."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from detente.coding.mentions_hits import Hit, Hits
from detente.lexicon.entries import Agent, Group, Institution, Office, Organisation

STATES = ("adjective", "country", "subnational", "capital")
ANCHORS = ("office", "agent", "institution")
FORMER = frozenset({"former", "ex", "retired", "late", "ousted", "deposed", "then", "onetime", "erstwhile", "one-time"})
DEPUTY = frozenset({"deputy", "vice", "assistant", "junior"})
HONORIFICS = {
    "mr": "m", "mr.": "m", "sir": "m", "lord": "m", "sheikh": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f",
    "miss": "f", "dame": "f", "madam": "f", "madame": "f", "lady": "f", "dr": None, "dr.": None, "prof.": None,
    "professor": None, "ayatollah": "m", "imam": "m", "hon.": None, "his": "m", "excellency": None, "h.e.": None,
    "rev.": None, "sayyid": "m", "prince": "m", "princess": "f", "royal": None,
    "highness": None, "highnesses": None, "majesty": None, "majesties": None, "excellencies": None, "holiness": "m",
}  # fmt: skip
# Before an honorific they are part of it: "Her Majesty", "Their Excellencies".
HONOURING = frozenset({"his", "her", "their", "your"})
_INSIDE = frozenset({"ADJ", "DET", "NUM"})
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ"})
# "the withdrawal of troops from X"
_TAKING = frozenset(
    """
    withdraw withdrawal pull pullout pullback remove removal evacuate evacuation recall expel expulsion eject deport
    deportation extradite extradition free release rescue
    """.split()
)
_LINKS = frozenset({"and", "or", ",", "&"})


@dataclass(slots=True)
class Phrase:
    """What a noun phrase tells: token range [start, end) and what was found in it; of a person where the name is."""

    start: int
    end: int
    name_start: int = 0
    name_end: int = 0
    countries: list[str] = field(default_factory=list)
    orgs: list[Organisation] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    institutions: list[Institution] = field(default_factory=list)
    offices: list[tuple[Office, str]] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    former: bool = False
    deputy: bool = False
    plural: bool = False
    possessor: int | None = None
    gender: str | None = None
    host: str | None = None
    counterpart: bool = False
    title: str = ""

    @property
    def office(self) -> Office | None:
        return self.offices[0][0] if self.offices else None

    @property
    def country(self) -> str | None:
        """The first country named, or that of a body named in the phrase."""
        if self.countries:
            return self.countries[0]
        for country in (*(body.country for body in self.institutions), *(group.country for group in self.groups)):
            if country:
                return country
        for office, _ in self.offices:
            if len(office.countries) == 1:
                return office.countries[0]
        return None

    def add_country(self, code: str | None) -> None:
        if code and code not in self.countries:
            self.countries.append(code)


def take_hit(phrase: Phrase, hit: Hit, doc: Doc, states: bool = True) -> bool:
    """Put what a hit says into the phrase; False if it is nothing that belongs in one."""
    entry = hit.of(*STATES) if states else None
    if entry is not None:
        phrase.add_country(entry.country)
        return True
    entry = hit.of("organisation", "seat", "group", "institution", "office", "agent")
    if entry is None:
        return False
    payload = entry.payload
    if isinstance(payload, Organisation):
        phrase.orgs.append(payload)
    elif isinstance(payload, Group):
        phrase.groups.append(payload)
    elif isinstance(payload, Institution):
        phrase.institutions.append(payload)
    elif isinstance(payload, Office):
        phrase.offices.append((payload, doc[hit.start : hit.end].text))
    elif isinstance(payload, Agent):
        phrase.agents.append(payload)
    return True


def scan_left(phrase: Phrase, doc: Doc, hits: Hits, floor: int) -> None:
    """Take modifiers left of the phrase into it, not beyond the token `floor`."""
    index = phrase.start - 1
    while index >= floor:
        token, hit = doc[index], hits.ending(index)
        if hit is not None and hit.start >= floor and _modifies(hit):
            if hit.of("country") and not hit.of("adjective") and _participle(doc[index + 1], phrase):
                # "its arrest by Norway surprised observers": no name of a state stands before a participle.
                phrase.start = index + 2
                break
            if not take_hit(phrase, hit, doc):
                break
            index = hit.start - 1
            if index >= floor and doc[index].text == "-" and index - 1 >= floor:
                if doc[index - 1].lower_ in ("pro", "anti", "non"):
                    # A pro-Russian militia is not a Russian one.
                    if hit.of(*STATES) and phrase.countries:
                        phrase.countries.pop()
                    index -= 2
                elif hits.ending(index - 1) is not None:
                    index -= 1
            phrase.start = index + 1
            index = _coordinated(phrase, doc, hits, index, floor)
            continue
        if token.tag_ == "POS" and index - 1 >= floor:
            owner = hits.ending(index - 1)
            if owner is not None and (owner.of(*STATES) or owner.of("organisation", "seat", "group", "institution")):
                index -= 1
                continue
            phrase.possessor = index - 1
            break
        if token.tag_ == "PRP$":
            phrase.possessor = index
            break
        if token.tag_ in _PARTICIPLES and index - 2 >= floor and doc[index - 1].text == "-":
            owner = hits.ending(index - 2)
            index = owner.start - 1 if owner is not None else index - 3
            phrase.start = index + 1
            continue
        if not _inside(token, phrase):
            break
        if token.lower_ in FORMER:
            phrase.former = True
        if token.lower_ in DEPUTY:
            phrase.deputy = True
        phrase.start = index
        index -= 1
        if token.pos_ == "DET":
            break
    while phrase.start < phrase.end - 1 and doc[phrase.start].text in ("-", ",", "and"):
        phrase.start += 1


def _taken_from(phrase: Phrase, doc: Doc, at: int) -> bool:
    """Whether "from" tells where the phrase is taken away from, not whence it comes: "pulled its troops from X"."""
    if phrase.countries or phrase.possessor is not None or not phrase.start <= doc[at].head.i < phrase.end:
        return True
    head = doc[at].head
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head.head
    return above.lemma_.lower() in _TAKING


def _modifies(hit: Hit) -> bool:
    return hit.of(*STATES, "organisation", "seat", "group", "institution", "office", "agent") is not None


def _participle(token: Token, phrase: Phrase) -> bool:
    inside = phrase.start <= token.i < phrase.end - 1
    return inside and token.lower_.endswith("ed") and token.tag_ in ("VBN", "VBD", "JJ")


def _inside(token: Token, phrase: Phrase) -> bool:
    """A word that belongs to the phrase on its right."""
    if token.lower_ in FORMER or token.lower_ in DEPUTY or token.text == "-":
        return True
    if token.text[:1].isdigit() and token.i + 1 == phrase.start and token.pos_ != "PUNCT":
        return True
    if token.pos_ in _INSIDE and token.tag_ not in ("WDT", "WP", "PDT"):
        return token.pos_ != "DET" or token.lower_ not in ("that",)
    if token.tag_ in ("RBS", "RBR"):
        return True
    inside = phrase.start <= token.head.i < phrase.end
    return inside and token.dep_ in ("compound", "amod", "nmod", "nummod") and token.pos_ != "PUNCT"


def _coordinated(phrase: Phrase, doc: Doc, hits: Hits, index: int, floor: int) -> int:
    """Take "US and" of "US and Chinese officials"; returns the next index to look at."""
    while index - 1 >= floor and doc[index].lower_ in _LINKS:
        before = index - 1
        if doc[before].text == "," and doc[index].lower_ == "and":
            before -= 1
        hit = hits.ending(before)
        if doc[before].tag_ == "POS" and before - 1 >= floor:
            hit = hits.ending(before - 1)
            possessive = hit is not None and doc[index + 1].text != "-"
        else:
            possessive = False
        if hit is None or hit.start < floor or not (hit.of("adjective") or (possessive and hit.of("country"))):
            break
        others, phrase.countries = phrase.countries, []
        take_hit(phrase, hit, doc)
        for code in others:
            phrase.add_country(code)
        index = hit.start - 1
        phrase.start = hit.start
    return index


def scan_right(phrase: Phrase, doc: Doc, hits: Hits, ceiling: int) -> None:
    """Take "of France" (and "of France and Germany" after a plural) right of the phrase into it."""
    while True:
        at = phrase.end
        if at + 1 >= ceiling or doc[at].lower_ not in ("of", "from", "to", "for"):
            return
        word = doc[at].lower_
        name = at + 1
        while name + 1 < ceiling and (doc[name].pos_ == "DET" or doc[name].lower_ in ("neighboring", "neighbouring")):
            name += 1
        hit = hits.starting(name)
        if hit is None or hit.end > ceiling:
            return
        state, body = hit.of("country"), hit.of("organisation", "group", "institution")
        if state is None and body is None:
            return
        if hit.end < ceiling and doc[hit.end].tag_ == "POS":
            return
        title = phrase.office.office if phrase.office else phrase.title
        if word in ("to", "for") and title not in ("ambassador", "envoy"):
            return
        if word == "from" and (title or _taken_from(phrase, doc, at)):
            return
        if word in ("to", "for"):
            # The host stays a mention of its own: it is who a recalled ambassador is withdrawn from.
            phrase.host = state.country if state else None
            return
        take_hit(phrase, hit, doc)
        phrase.end = hit.end
        while phrase.plural and phrase.end + 1 < ceiling and doc[phrase.end].lower_ in (",", "and"):
            following = phrase.end + 1
            while following + 1 < ceiling and doc[following].lower_ in ("and", "the"):
                following += 1
            hit = hits.starting(following)
            if hit is None or hit.of("country", "organisation") is None or hit.end > ceiling:
                return
            if doc[hit.end - 1].head.i == doc[hit.end - 1].i or doc[hit.end - 1].dep_ in ("nsubj", "poss"):
                return
            take_hit(phrase, hit, doc)
            phrase.end = hit.end
