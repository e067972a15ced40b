"""Where: the place names of a document, what they mean, and where the event of a trigger happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import PlaceMention, beginning
from detente.coding.place_names import find_names, is_dateline, linked
from detente.coding.place_senses import Context, guess_home, resolve
from detente.lexicon.load import load_lexicon
from detente.lexicon.places import KINDS, Gazetteer, meeting_places, place_words
from detente.records import Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from detente.coding.analysis import Analysis, Mention

# Prepositions that put an event somewhere, and those that name the end of a journey.
_WHERE: Final = frozenset({"in", "at", "near", "inside", "outside", "around", "across", "throughout", "within", "off"})
_WHITHER: Final = frozenset({"to", "into", "for", "toward", "towards", "through"})
_SITED: Final = frozenset({"on", "over", "along", "aboard"})
_MARGINS: Final = frozenset({"margin", "margins", "sideline", "sidelines"})
_MOVES: Final = place_words("motion")
_REACHES: Final = place_words("reaching")
_AGENT_ROLES: Final = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative", "poss", "csubj", "ROOT"})
_AGENT_PREPOSITIONS: Final = frozenset(
    {"by", "with", "between", "against", "from", "to", "toward", "towards", "for", "among"}
)
# Buildings whose names stand for those who govern from them.
_SEATS: Final = place_words("seats")
# A word with one of these roles happens where its head does.
_SHARES_PLACE: Final = frozenset(
    {"conj", "xcomp", "dobj", "nsubj", "nsubjpass", "attr", "pcomp", "advcl", "prep", "pobj", "acl", "aux", "compound"}
    | {"oprd"}
)
# Where another thing took place, and what is only spoken of.
_OTHER_TIME: Final = frozenset("after before since until following over about reply response reaction".split())
_SITUATIONS: Final = frozenset(
    """
    situation war crisis conflict peace security stability development role fighting violence unrest coup tension
    issue question election independence cooperation
    """.split()
)
# "follow up on the talks": what they go back to happened elsewhere.
_HARKING: Final = frozenset({"follow", "build", "reflect", "draw", "expand"})
_PARTS_OF_STATES: Final = frozenset(
    """
    airspace area base border capital city coast countryside desert district east embassy highland interior island north
    parliament port province region shore soil south state territory town village water west
    """.split()
)
# The say that a place in the name of a body has in what the other names mean.
_HINT: Final = 0.5
# And that of the names of the country whose government issues the text, and of its seats.
_OWN: Final = 0.01
_STATE: Final = 2
_VERBS: Final = frozenset({"VERB", "AUX"})


def find_places(analysis: Analysis, gazetteer: Gazetteer, mentions: Sequence[Mention] = ()) -> tuple[PlaceMention, ...]:
    """The place names of a document, each with the place it means there; in order, none overlapping.

    Demonyms, persons and bodies named after places are left out. A name that no list has is kept when the parser calls
    it a place: its `Place` has the country and division of what holds it, and no coordinates if nothing does.
    """
    doc = analysis.doc
    names = find_names(analysis, gazetteer, mentions)
    # Governments speak of states; in a local paper Lebanon may be the next town.
    states = _states(mentions) if analysis.issuer is not None else {}
    spans = [(doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1])) for name in names]
    linked_names = linked(doc.text, spans)
    linked_names = [
        replace(linked_name, weight=_HINT) if name.hint else replace(linked_name, acts=_acts(doc, name.start, name.end))
        for name, linked_name in zip(names, linked_names, strict=True)
    ]
    own = _own_names(analysis.issuer)
    linked_names = [replace(n, weight=_OWN) if own(n.text) else n for n in linked_names]
    senses = resolve(linked_names, gazetteer, _context(analysis, mentions))
    # "US-Chile talks", "told Bloomberg": what no list of places has and names an actor is no place.
    bodies = {(mention.start, mention.end) for mention in mentions if mention.kind == "name" and mention.actors}
    found = []
    for at, (name, sense) in enumerate(zip(names, senses, strict=True)):
        if name.hint:
            continue
        state = states.get((name.start, name.end))
        if sense is not None and state in gazetteer.country_row and gazetteer.country_of(sense[0]) != state:
            sense = (gazetteer.country_row[state], 1.0)
        called = linked_names[at].text
        fixed = next((row for row, other in gazetteer.find(called) if not other and _is_seat(gazetteer, row)), None)
        if fixed is None and linked_names[at].holder is None:
            fixed = _region(doc[name.start : name.end], called, gazetteer, analysis.issuer)
        if fixed is not None:
            sense = (fixed, 1.0)
        if sense is not None:
            place = gazetteer.place(sense[0])
            kind = KINDS[gazetteer.kind[sense[0]]]
            governs = kind == "country" or bool(gazetteer.capital[sense[0]]) or place.name in _SEATS
        elif (name.start, name.end) in bodies:
            continue
        else:
            holder = linked_names[at].holder
            held = senses[holder] if holder is not None else None
            place = _unlisted(linked_names[at].text, gazetteer.place(held[0]) if held else None)
            governs = False
        acts = governs and linked_names[at].acts
        found.append(PlaceMention(name.start, name.end, place, acts))
    found += _gatherings(doc, gazetteer, mentions, {at for name in names for at in range(name.start, name.end)})
    return tuple(sorted(found, key=lambda mention: mention.start))


def _gatherings(doc: Doc, gazetteer: Gazetteer, mentions: Sequence[Mention], taken: set[int]) -> Iterator[PlaceMention]:
    """Bodies at which or on whose margins something happens, and that always meet in one place."""
    where = meeting_places()
    for mention in mentions:
        body = next((where[a.id[4:]] for a in mention.actors if a.id[:4] == "org:" and a.id[4:] in where), None)
        preposition = _preposition(doc[mention.root])
        if body is None or preposition is None or taken & set(range(mention.start, mention.end)):
            continue
        if preposition.lower_ in ("at", "during") or _on_margins(preposition):
            rows = [row for row, _ in gazetteer.find(body[0]) if gazetteer.country_of(row) == body[1]]
            if rows:
                place = gazetteer.place(max(rows, key=lambda row: int(gazetteer.people[row])))
                yield PlaceMention(mention.start, mention.end, place)


def _on_margins(preposition: Token) -> bool:
    """ "on the margins of" """
    return preposition.lower_ == "of" and preposition.head.lemma_.lower() in _MARGINS


def _region(span: Span, name: str, gazetteer: Gazetteer, issuer: str | None) -> int | None:
    """The region of the world, or of the issuer's country, that a name with an article calls: "the Middle East" is no
    town of that name, and "the West Coast" of which a government speaks is its own."""
    if "the" not in (span[0].lower_, span.doc[span.start - 1].lower_ if span.start else ""):
        return None
    regions = [row for row, other in gazetteer.find(name) if not other and KINDS[gazetteer.kind[row]] == "region"]
    return next((row for row in regions if gazetteer.country_of(row) in (None, issuer)), None)


def _is_seat(gazetteer: Gazetteer, row: int) -> bool:
    return gazetteer.kind[row] == KINDS.index("building") and gazetteer.name(row) in _SEATS


def _own_names(issuer: str | None) -> Callable[[str], bool]:
    """Whether a name is that of the issuer's country, of its capital, or of a building of government."""
    lexicon = load_lexicon()
    capitals = lexicon.countries[issuer].capitals if issuer else ()

    def own(name: str) -> bool:
        country = lexicon.country(name)
        return issuer is not None and (
            name in capitals or name in _SEATS or (country is not None and country.iso3 == issuer)
        )

    return own


def _states(mentions: Sequence[Mention]) -> dict[tuple[int, int], str]:
    """The states by where the text calls them by name ("Korea"), whatever towns the gazetteer knows of that name."""
    by_name = ("country", "country as place", "place as host")
    countries = load_lexicon().countries
    return {
        (mention.start, mention.end): actor.id
        for mention in mentions
        for actor in mention.actors
        if len(mention.actors) == 1 and actor.id in countries and mention.why in by_name
    }


def _unlisted(name: str, holder: Place | None) -> Place:
    if holder is None:
        return Place(name)
    return Place(name, holder.country, holder.admin1, holder.lat, holder.lon)


def _context(analysis: Analysis, mentions: Sequence[Mention]) -> Context:
    """Countries that actors and demonyms bring in, and the readers' country by the publisher's address or the text.

    A government speaks of itself in whatever it says of others: its own country tells nothing of where a place lies.
    """
    counts: Counter[str] = Counter()
    for mention in mentions:
        for country in set(mention.countries) - {analysis.issuer}:
            counts[country] += 1
    states = {actor.country for mention in mentions for actor in mention.actors if actor.level and actor.country}
    governments = len(states) > 1
    if analysis.issuer is not None:
        return Context(countries=counts, abroad=True, governments=governments)
    home = _home(analysis.document.url) or guess_home(analysis.doc.text)
    return Context(home_country=home, countries=counts, governments=governments)


# Country-code domains that say nothing of the country.
_GENERIC_DOMAINS: Final = frozenset({"co", "me", "tv", "io", "ai", "fm", "cc", "ws", "to", "ly", "gg"})


def _home(url: str | None) -> str | None:
    """The country of a publisher's address, by its country-code domain; None for .com and the like."""
    if not url:
        return None
    host = url.split("://")[-1].split("/")[0].split(":")[0].lower()
    ending = host.rsplit(".", 1)[-1]
    if len(ending) != 2 or ending in _GENERIC_DOMAINS:
        return None
    return _country_of_domain(ending)


def _country_of_domain(ending: str) -> str | None:
    wanted = "GB" if ending == "uk" else ending.upper()
    return next((c.iso3 for c in load_lexicon().countries.values() if c.iso2 == wanted), None)


def _head(doc: Doc, start: int, end: int) -> Token:
    """The head token of a name."""
    root: Token = doc[start:end].root
    return root


def _preposition(token: Token) -> Token | None:
    """The preposition that governs a name, through coordination and apposition."""
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    return token.head if token.dep_ in ("pobj", "pcomp") and token.head.pos_ in ("ADP", "SCONJ", "ADV") else None


def _acts(doc: Doc, start: int, end: int) -> bool:
    """A country or capital stands for its government: subject, agent, party to something, owner of an act."""
    if is_dateline(doc, start, end):
        return False
    token = _head(doc, start, end)
    preposition = _preposition(token)
    if preposition is not None:
        word = preposition.lower_
        if word not in _AGENT_PREPOSITIONS or preposition.head.lemma_.lower() in _MOVES:
            return False
        return word in ("by", "with", "between", "against", "among") or not _moves_above(preposition)
    while token.dep_ in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    if token.dep_ not in _AGENT_ROLES:
        return False
    if token.dep_ == "poss":
        above = _preposition(token.head)
        if above is not None and above.lower_ in _WHERE:
            # "at Geneva's Palais des Nations"
            return False
        return token.head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "agent", "conj")
    reached = token.head.lemma_.lower() in _REACHES and token.dep_ in ("dobj", "nsubjpass")
    return not reached


def _moves_above(preposition: Token) -> bool:
    """A word of motion governs the preposition, or the noun before it does."""
    head = preposition.head
    return head.lemma_.lower() in _MOVES or head.head.lemma_.lower() in _MOVES


def place_for(analysis: Analysis, token_index: int) -> Place | None:
    """The place of the event whose trigger is this token, None if the text does not say.

    Looked for in the locative modifiers of the trigger, then of the clause that governs it (a light verb, the verb of a
    journey, the first of coordinated verbs), then in what a relative clause modifies. The nearest phrase wins, in it
    the town before the building in it and the country that holds it. A country that acts is no place.
    """
    trigger = analysis.doc[token_index]
    sentence = analysis.sentence_at(token_index)
    here = beginning(analysis.places, sentence.start, sentence.end)
    near = [m for m in here if not m.stands_for_government]
    if not near:
        return None
    for governor in _governors(trigger):
        found = [(mention, rank) for mention in near if (rank := _locates(analysis.doc, mention, governor)) is not None]
        if found:
            best = min(found, key=lambda pair: (pair[1], _rank(pair[0]), abs(pair[0].start - token_index)))
            return _most_telling(analysis.doc, best[0], [mention for mention, _ in found]).place
    return None


def joined_countries(analysis: Analysis, token_index: int, place: Place) -> set[str]:
    """The countries of the places that the sentence of a token joins to a place ("in Seoul and Tokyo")."""
    sentence = analysis.sentence_at(token_index)
    here = beginning(analysis.places, sentence.start, sentence.end)
    heads = [_head(analysis.doc, m.start, m.end) for m in here if m.place == place]
    # "In Israel, with the ministers of Israel and Egypt": only where it is a place.
    beside = {t.i for head in heads if head.dep_ == "pobj" and head.head.lower_ in _WHERE for t in head.conjuncts}
    joined = (m.place.country for m in here if beside & set(range(m.start, m.end)))
    return {country for country in joined if country is not None and country != place.country}


def _governors(trigger: Token) -> Iterator[Token]:
    """The trigger, then the words whose place is also its own, nearest first."""
    seen = set()
    token = trigger
    while token.i not in seen:
        seen.add(token.i)
        yield token
        head = token.head
        if token.dep_ in _SHARES_PLACE:
            if token.dep_ == "pobj" and head.lower_ == "on" and head.head.lemma_.lower() in _HARKING:
                return
            if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("PROPN", "PRON"):
                return
            if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _OTHER_TIME for c in token.children):
                # "seen in Ghana since the two spoke"
                return
            token = head
        elif token.dep_ == "relcl" and any(child.lower_ in ("where", "which") for child in token.children):
            # "in Bali, where the leaders met": the noun that the clause modifies is the place.
            token = head
        else:
            return


def _locates(doc: Doc, mention: PlaceMention, governor: Token) -> int | None:
    """How closely a place name locates a governor (0 best), None if it does not."""
    token = _head(doc, mention.start, mention.end)
    if token.i == governor.i:
        return 0
    top = token
    while top.dep_ in ("conj", "appos", "poss", "compound", "nmod", "npadvmod") and top.head.i != top.i:
        if top.dep_ in ("compound", "nmod") and top.i == token.i and _rank(mention) == _STATE:
            # "in the Chile-Peru talks": a state before a noun is whose it is.
            return None
        if top.dep_ == "poss" and _rank(mention) == _STATE and top.head.lemma_.lower() not in _PARTS_OF_STATES:
            # "in Chile's affairs"
            return None
        if top.head.i == governor.i:
            return _direct(top, governor)
        top = top.head
    if top.dep_ == "dobj" and top.head.i == governor.i:
        return 0 if governor.lemma_.lower() in _REACHES else None
    if top.dep_ == "nsubjpass" and top.head.i == governor.i:
        return 0 if governor.lemma_.lower() in _REACHES else None
    if top.dep_ not in ("pobj", "pcomp"):
        return None
    preposition = top.head
    word = preposition.lower_
    above = preposition.head
    moves = above.lemma_.lower() in _MOVES or governor.lemma_.lower() in _MOVES
    if word in _WHITHER and not moves:
        return None
    if word in _SITED and (
        _rank(mention) == 2 or (mention.place.name and top.i == token.i and token.ent_type_ == "GPE")
    ):
        # "consulted on North Korea"
        return None
    if word == "of" and not _on_margins(preposition):
        return (
            1 if governor.lemma_.lower() in ("invasion", "bombing", "siege", "capture", "shelling", "battle") else None
        )
    if word not in _WHERE and word not in _WHITHER and word not in _SITED and not _on_margins(preposition):
        return None
    if moves and word in _WHITHER and above.i == governor.i:
        return 0
    steps = 0
    node = above
    while node.i != governor.i:
        # A phrase inside another clause belongs to that clause.
        if node.pos_ in _VERBS and node.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj", "ROOT", "parataxis"):
            return None
        if node.head.i == node.i or node.lower_ in _OTHER_TIME or node.lemma_.lower() in _SITUATIONS:
            # "met after the summit in Bali", "spoke about the war in Sudan": elsewhere.
            return None
        if node.dep_ == "conj" and node.lemma_.lower() in _MOVES and node.pos_ == "NOUN":
            # "his summit and her trip to Oslo": hers alone.
            return None
        node = node.head
        steps += 1
    return 1 + steps


def _direct(top: Token, governor: Token) -> int | None:
    """A name right before the noun ("the Geneva talks"); an owner ("Beijing's talks") is no place."""
    if top.dep_ in ("compound", "nmod") and governor.pos_ == "NOUN":
        return 1
    if top.dep_ == "npadvmod":
        return 1
    return None


def _rank(mention: PlaceMention) -> int:
    """How closely a place is told: 0 a town, 1 a division (or a city that is its own) or a building, 2 a country."""
    place = mention.place
    if place.admin1 is None and place.geonames_id is not None:
        return _STATE
    return int(place.admin1 == place.name or place.geonames_id is None)


def _most_telling(doc: Doc, best: PlaceMention, others: Sequence[PlaceMention]) -> PlaceMention:
    """In one phrase ("at Geneva's Palais des Nations", "in Bali, Indonesia") the town; else the best itself."""
    phrase = _phrase(doc, best)
    same = [other for other in others if _phrase(doc, other) == phrase]
    return min([best, *same], key=lambda mention: (_rank(mention), mention.place.geonames_id is None))


def _phrase(doc: Doc, mention: PlaceMention) -> int:
    """The preposition under which a name stands, its own head if none."""
    token = _head(doc, mention.start, mention.end)
    while token.dep_ in ("conj", "appos", "poss", "compound", "nmod") and token.head.i != token.i:
        token = token.head
    return token.head.i if token.dep_ == "pobj" else token.i
