"""States by their names, adjectives, peoples and capitals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.mentions_actor import country_actor, organisation_actor, people_actor
from detente.coding.mentions_hits import Hit, Hits
from detente.lexicon.entries import Organisation
from detente.lexicon.lexicon import Lexicon

_LOCATIVE = frozenset(
    {"in", "near", "inside", "outside", "around", "across", "through", "throughout", "via", "within", "over",
     "into", "onto", "off", "along", "above", "beneath"}
)  # fmt: skip
_TOWARDS = frozenset({"to", "for", "into", "toward", "towards"})
_VISITS = frozenset(
    {"visit", "trip", "travel", "tour", "journey", "fly", "flight", "arrive", "go", "come", "head", "return", "leave",
     "depart", "arrival", "send", "invite", "stop", "stopover", "land", "welcome", "reach", "enter", "drive",
     "escape", "flee", "move", "dispatch", "route", "delegation", "mission", "pilgrimage", "ambassador", "envoy"}
)  # fmt: skip
_VISITED = frozenset({"visit", "tour", "reach", "enter", "leave", "depart", "host"})
_RELATIONS = frozenset(
    {"with", "between", "against", "by", "among", "than", "on", "toward", "towards", "to", "from", "for", "like",
     "versus", "despite", "without", "behind", "about", "regarding", "upon", "besides", "including", "as"}
)  # fmt: skip
_MOTION = frozenset({"fly", "flight", "travel", "depart", "return", "arrive", "route", "train", "mile", "kilometre",
                     "kilometer", "km", "drive", "flee", "far", "away", "come", "report", "move"})  # fmt: skip
_PLACE_NOUNS = frozenset(
    {"airport", "street", "suburb", "guesthouse", "hotel", "square", "district", "outskirt", "centre", "center", "road",
     "region", "city", "area", "neighbourhood", "neighborhood", "station", "stadium", "subway", "metro", "resident",
     "university", "museum", "park", "palace", "river", "port", "skyline", "zoo", "hospital", "summit",
     "conference", "mayor", "quarter", "talk", "meeting", "olympics", "office", "bureau", "headquarters", "time"}
)  # fmt: skip
_LANDS = frozenset({"region", "area", "province", "island", "peninsula", "strait", "territory"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "dative", "npadvmod", "appos"})


def state_mentions(analysis: Analysis, lexicon: Lexicon, hits: Hits, taken: set[int]) -> Iterator[Mention]:
    """Countries, peoples and capitals outside the mentions found before."""
    doc = analysis.doc
    earlier: Mention | None = None
    for hit in hits.all:
        if any(index in taken for index in range(hit.start, hit.end)) or hit.of("shield"):
            continue
        mention = _people(doc, lexicon, hit) or _country(doc, lexicon, hit) or _capital(doc, lexicon, hit)
        if mention is None:
            continue
        if earlier is not None and mention.start < earlier.end:
            # One token that joins two states ("U.S.-Egypt").
            actors = tuple(dict.fromkeys(earlier.actors + mention.actors))
            codes = tuple(dict.fromkeys(earlier.countries + mention.countries))
            earlier = replace(earlier, number=len(actors), actors=actors, countries=codes, why="joined states")
            continue
        if earlier is not None:
            yield earlier
        earlier = mention
    if earlier is not None:
        yield earlier
    for token in doc[:-1]:
        code = lexicon.forms.get(token.lower_)
        if code and token.text[:1].isupper() and doc[token.i + 1].text in ("-", "–") and token.i not in taken:
            joined = hits.at(token.i + 2)
            if joined is None or not joined.of("adjective", "people", "country"):
                # "Indo-Pacific" is a region; only "Indo-Chinese" joins states.
                continue
            mention = _combining(lexicon, token, code)
            if mention is not None:
                yield mention


def _combining(lexicon: Lexicon, token: Token, code: str) -> Mention | None:
    """ "Sino-" and the like."""
    if code.startswith("org:"):
        actor = organisation_actor(lexicon.organisations[code[4:]])
        return Mention(token.i, token.i + 1, token.i, "name", 1, "n", (actor,), (), "combining form")
    country = lexicon.countries[code]
    return Mention(token.i, token.i + 1, token.i, "name", 1, "n", (country_actor(country),), (code,), "combining form")


def _start(doc: Doc, hit: Hit) -> int:
    """Where the mention begins: with its article, if it has one."""
    before = hit.start - 1
    if before >= 0 and doc[before].lower_ == "the" and doc[before].is_sent_start is not None:
        head = doc[before].head
        if hit.start <= head.i < hit.end:
            return before
    return hit.start


def _root(doc: Doc, hit: Hit) -> Token:
    return doc[hit.start : hit.end].root


def _people(doc: Doc, lexicon: Lexicon, hit: Hit) -> Mention | None:
    """Peoples ("Palestinians"); with the article ("the Russians", "the French said") the state is meant."""
    entry = hit.of("people", "adjective")
    if entry is None or entry.country is None:
        return None
    head = _root(doc, hit)
    country = lexicon.countries[entry.country]
    if hit.of("country") and not hit.of("people"):
        return None
    modifies = head.dep_ in ("amod", "compound", "nmod", "poss") and head.head.i >= hit.end
    start = _start(doc, hit)
    if modifies or (head.tag_ == "JJ" and start == hit.start):
        return None
    people = hit.of("people")
    if start < hit.start or not people:
        if not people and head.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj"):
            return None
        if people is None or people.plural:
            actor = country_actor(country)
            return Mention(start, hit.end, head.i, "name", 2, None, (actor,), (country.iso3,), "people as state")
    plural = people.plural if people else True
    actor = people_actor(country)
    return Mention(start, hit.end, head.i, "nominal", 2 if plural else 1, None, (actor,), (country.iso3,), "people")


def _country(doc: Doc, lexicon: Lexicon, hit: Hit) -> Mention | None:
    entry = hit.of("country") or hit.of("adjective")
    if entry is None or entry.country is None:
        return None
    country = lexicon.countries[entry.country]
    head = _root(doc, hit)
    after = doc[hit.end] if hit.end < len(doc) else None
    why = "country" if entry.kind == "country" else "demonym"
    if (
        after is not None
        and after.text == "-"
        and hit.end + 1 < len(doc)
        and doc[hit.end + 1].tag_ in ("VBN", "VBG", "JJ", "VBD")
    ):
        why = "backer in a compound"
    elif entry.kind == "country":
        why = _place_role(head) or why
    return Mention(_start(doc, hit), hit.end, head.i, "name", 1, "n", (country_actor(country),), (country.iso3,), why)


def _place_role(head: Token) -> str | None:
    """Whether a name stands as place: "place" after "in" or before "region", "place as host" where somebody goes."""
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    if head.dep_ == "dobj" and head.head.lemma_ in _VISITED:
        return "place as host"
    if head.dep_ in ("compound", "nmod") and head.head.lemma_.lower() in _LANDS:
        return "country as place"
    if head.dep_ == "pobj":
        preposition = head.head
        if preposition.lower_ in _TOWARDS and preposition.head.lemma_.lower() in _VISITS:
            return "place as host"
        if preposition.lower_ in _LOCATIVE:
            return "country as place"
    return None


def _capital(doc: Doc, lexicon: Lexicon, hit: Hit) -> Mention | None:
    """A capital that stands for its government, or that receives a visitor."""
    entry = hit.of("capital")
    if entry is None or entry.country is None or (hit.start and doc[hit.start - 1].text == "New"):
        # "New London" is another town.
        return None
    why = capital_role(doc, hit)
    if why is None:
        return None
    head = _root(doc, hit)
    seat = hit.of("seat")
    if seat is not None and isinstance(seat.payload, Organisation) and why == "capital stands for government":
        actor = organisation_actor(seat.payload)
        return Mention(hit.start, hit.end, head.i, "name", 1, "n", (actor,), (), "seat stands for organisation")
    country = lexicon.countries[entry.country]
    return Mention(hit.start, hit.end, head.i, "name", 1, "n", (country_actor(country),), (country.iso3,), why)


def capital_role(doc: Doc, hit: Hit) -> str | None:
    """How a capital is used: for its government, as host of a visit, or (None) as a mere place."""
    government = "capital stands for government"
    head = _root(doc, hit)
    after = doc[hit.end] if hit.end < len(doc) else None
    if after is not None and after.text in ("-", "–") and not after.whitespace_ and hit.end + 1 < len(doc):
        return None if doc[hit.end + 1].lower_ in ("based", "born", "area") else government
    if hit.start > 1 and doc[hit.start - 1].text in ("-", "–") and doc[hit.start - 2].text[:1].isupper():
        return government
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass", "dative"):
        return government
    if head.dep_ == "poss":
        owned = head.head
        return None if owned.pos_ == "PROPN" or owned.lemma_.lower() in _PLACE_NOUNS else government
    if head.dep_ == "dobj":
        if head.head.lemma_ in _VISITED:
            return "place as host"
        return government
    if head.dep_ == "pobj":
        preposition = head.head
        word, governor = preposition.lower_, preposition.head.lemma_.lower()
        if word in _TOWARDS and governor in _VISITS:
            return "place as host"
        if word == "from" and governor in _MOTION:
            return None
        if word in ("on", "for", "to") and governor in _PLACE_NOUNS:
            return None
        return government if word in _RELATIONS else None
    if head.dep_ in ("compound", "nmod", "amod"):
        owned = head.head
        if owned.pos_ == "PROPN" or owned.lemma_.lower() in _PLACE_NOUNS:
            return None
        return government if owned.i > head.i else None
    return government if head.dep_ == "ROOT" and head.pos_ != "PROPN" else None


__all__ = ["capital_role", "state_mentions"]
