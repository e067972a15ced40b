"""Mentions without a person's name: titles, role nouns, bodies, groups ("both sides"), pronouns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.coref_state import clause_subject
from detente.coding.mentions_actor import (
    agent_actor,
    country_actor,
    find_office_holder,
    group_actor,
    holder_actor,
    institution_actor,
    office_actor,
    organisation_actor,
)
from detente.coding.mentions_hits import Hit, Hits
from detente.coding.mentions_phrase import (
    ANCHORS,
    HONORIFICS,
    HONOURING,
    STATES,
    Phrase,
    scan_left,
    scan_right,
    take_hit,
)
from detente.coding.mentions_titles import TOP, WHY, apposed, of_a_body, of_a_region
from detente.lexicon.entries import Agent, Anaphor, Country, Group, Institution, Office, Organisation
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.phrases import plural_of
from detente.records import Actor

_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod"})
# Role nouns that act for a state or against one; as modifiers ("rebel attack") only these count.
_ACTING = frozenset({"MIL", "COP", "REB", "GOV", "PRM", "OPP", "UAF", "LEG", "JUD"})
_PRONOUNS: dict[str, tuple[int, str | None]] = {
    "he": (1, "m"), "him": (1, "m"), "his": (1, "m"), "himself": (1, "m"),
    "she": (1, "f"), "her": (1, "f"), "hers": (1, "f"), "herself": (1, "f"),
    "it": (1, "n"), "its": (1, "n"), "itself": (1, "n"),
    "they": (2, None), "them": (2, None), "their": (2, None), "theirs": (2, None), "themselves": (2, None),
    "we": (2, None), "us": (2, None), "our": (2, None), "ours": (2, None), "ourselves": (2, None),
    "i": (1, None), "me": (1, None), "my": (1, None), "mine": (1, None), "myself": (1, None),
}  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "our"})
# Plurals that point back only with a number: "the two officials", but not mere "the officials".
_UNBOUND = frozenset({"officials", "diplomats", "men", "women", "negotiators", "politicians", "generals"})
# Nouns that without article or owner mean no body: "use force", "in opposition".
_MASS = frozenset({"force", "opposition", "leadership", "prosecution", "resistance", "mission", "artillery"})
_STANCES = frozenset({"opposition", "resistance"})
_NUMERALS = frozenset({"two", "three", "four"})
_EACH = frozenset({"neither", "either", "each"})
_RAISING = frozenset(
    {"be", "seem", "appear", "happen", "remain", "become", "take", "turn", "mean", "matter", "rain", "snow", "emerge"}
)


def nominal_mentions(
    analysis: Analysis, lexicon: Lexicon, hits: Hits, taken: set[int], people: Collection[Mention]
) -> Iterator[Mention]:
    """Titles, role nouns and bodies that stand outside the mentions of `people` found before; `taken` grows with
    each."""
    doc = analysis.doc
    for hit in hits.all:
        if hit.start in taken or hit.end - 1 in taken:
            continue
        neither = _neither(lexicon, doc, hit)
        if neither is not None:
            taken.update(range(neither.start, neither.end))
            yield neither
            continue
        anaphor = hit.of("anaphor")
        if anaphor is not None:
            mention = _group_mention(analysis, hits, hit, taken)
            if mention is not None:
                taken.update(range(mention.start, mention.end))
                yield mention
                continue
        if _leads_on(doc, hits, hit, taken):
            continue
        if hit.of(*ANCHORS) or hit.of("organisation", "group"):
            mention = _nominal(analysis, lexicon, hits, hit, taken, people)
            if mention is not None:
                taken.update(range(mention.start, mention.end))
                taken.difference_update(_backers(doc, hits, mention))
                yield mention


def _backers(doc: Doc, hits: Hits, mention: Mention) -> set[int]:
    """Tokens of states that only back the one mentioned ("Iran-backed militias"); they are mentions of their own."""
    found: set[int] = set()
    for index in range(mention.start, mention.end - 2):
        hit = hits.ending(index)
        if hit is not None and doc[index + 1].text == "-" and doc[index + 2].tag_ in ("VBN", "VBG", "JJ", "VBD"):
            found.update(range(hit.start, hit.end))
    return found


def _neither(lexicon: Lexicon, doc: Doc, hit: Hit) -> Mention | None:
    """ "Neither side", "each government": two of a kind, one by one."""
    if hit.start == 0 or doc[hit.start - 1].lower_ not in _EACH:
        return None
    for entry in lexicon.phrases.forms(plural_of(doc[hit.start : hit.end].text)):
        if isinstance(entry.payload, Anaphor):
            root = doc[hit.end - 1].i
            return Mention(hit.start - 1, hit.end, root, "group", 2, None, (), (), f"group:{entry.payload.refers}")
    return None


def _leads_on(doc: Doc, hits: Hits, hit: Hit, taken: set[int]) -> bool:
    """The hit modifies a following role noun, which will take it up."""
    if hit.end >= len(doc):
        return False
    following = hits.starting(hit.end)
    if following is not None and following.of(*ANCHORS) and hit.end not in taken:
        return True
    if following is not None and following.of("group", "organisation") and hit.of("agent") and hit.end not in taken:
        return True
    if doc[hit.end].tag_ == "POS" and hit.end + 1 < len(doc):
        index = hit.end + 1
        while index < len(doc) and doc[index].pos_ in ("ADJ",) and index - hit.end < 4:
            index += 1
        following = hits.starting(index)
        bodies = hit.of("organisation", "group", "institution")
        return bool(bodies) and following is not None and bool(following.of(*ANCHORS)) and index not in taken
    return False


def _nominal(
    analysis: Analysis, lexicon: Lexicon, hits: Hits, hit: Hit, taken: set[int], people: Collection[Mention]
) -> Mention | None:
    doc, day = analysis.doc, analysis.document.published
    head = doc[hit.start : hit.end].root
    sentence = analysis.sentence_at(hit.start)
    floor = max([sentence.start, *(index + 1 for index in range(sentence.start, hit.start) if index in taken)])
    phrase = Phrase(hit.start, hit.end)
    entry = hit.of("institution", "office", "agent", "organisation", "group")
    if entry is None:
        return None
    phrase.title = entry.payload.office if isinstance(entry.payload, Office) else ""
    phrase.plural = entry.plural if entry.kind == "office" else head.tag_ in _PLURAL_TAGS
    payload = entry.payload
    if (
        isinstance(payload, Agent)
        and head.dep_ in _MODIFIER_DEPS
        and head.head.i > head.i
        and (
            not _ACTING & set(payload.sectors)
            or payload.agent == "military equipment"
            or (hits.at(head.head.i) is not None and head.head.i not in taken)
        )
    ):
        return None
    if isinstance(payload, Organisation | Group) or (isinstance(payload, Institution) and payload.country):
        return _body(doc, hits, hit, phrase, floor, lexicon)
    scan_left(phrase, doc, hits, floor)
    if isinstance(payload, Agent) and _abstract(doc, hit, phrase):
        return None
    scan_right(phrase, doc, hits, sentence.end)
    if isinstance(payload, Office) and payload.level in TOP and of_a_body(phrase, (hit.start, hit.end), doc, hits):
        return _of_a_body(doc, phrase, head.i, people, lexicon)
    offices = [e.payload for e in hit.entries if isinstance(e.payload, Office)]
    if isinstance(payload, Office) and payload.level in TOP and not phrase.plural and of_a_region(phrase, hits):
        offices = [e.payload for e in lexicon.phrases.forms("governor") if isinstance(e.payload, Office)]
    if isinstance(payload, Agent) and payload.agent == "diplomat" and not phrase.plural:
        # "the top US diplomat": the title is split by the country.
        words = {doc[index].lower_ for index in range(phrase.start, hit.start)}
        if words & {"top", "chief"}:
            offices = [e.payload for e in lexicon.phrases.forms("top diplomat") if isinstance(e.payload, Office)]
            payload = offices[0]
    office = _office_for(offices, phrase.country) if isinstance(payload, Office) else None
    if isinstance(payload, Office) and office is None:
        return None
    actors, why = _actors(phrase, payload, office, doc[hit.start : hit.end].text, lexicon, day)
    gender = None
    if office is not None and len(actors) == 1 and actors[0].id.startswith("person:"):
        gender = next((h.gender for h in lexicon.person(actors[0].name, day)), None)
    number = 2 if phrase.plural or len(actors) > 1 else 1
    return Mention(phrase.start, phrase.end, head.i, "nominal", number, gender, actors, tuple(phrase.countries), why)


def _of_a_body(doc: Doc, phrase: Phrase, root: int, people: Collection[Mention], lexicon: Lexicon) -> Mention:
    """A title that is no state's: the person named behind it, else those whose head it is, else nobody."""
    named = apposed(phrase, doc, people)
    actors = named.actors if named is not None else ()
    if not actors and phrase.groups:
        actors = (group_actor(phrase.groups[0]),)
    if not actors and phrase.agents and phrase.country:
        actors = (agent_actor(phrase.agents[0], lexicon.countries[phrase.country]),)
    gender = named.gender if named is not None else None
    return Mention(phrase.start, phrase.end, root, "nominal", 1, gender, actors, tuple(phrase.countries), WHY)


def _abstract(doc: Doc, hit: Hit, phrase: Phrase) -> bool:
    """Role nouns used for a thing: "by force", "Japan's opposition to the plan", "an Official Visit"."""
    head, noun = doc[hit.end - 1], doc[hit.end - 1].lower_
    if noun in _STANCES and hit.end < len(doc) and doc[hit.end].lower_ in ("to", "towards", "toward"):
        return True
    if noun in _MASS and phrase.start == hit.start and not phrase.countries and phrase.possessor is None:
        return True
    modifies = head.dep_ in _MODIFIER_DEPS and head.head.i >= hit.end
    title_case = head.text[:1].isupper() and head.head.text[:1].isupper() and head.head.pos_ == "PROPN"
    bare = all(doc[index].pos_ == "DET" for index in range(phrase.start, hit.start))
    return modifies and title_case and bare and not head.is_sent_start


def _office_for(offices: list[Office], country: str | None) -> Office | None:
    """Of the offices that share a title, the one of the country, else the one that any country may have."""
    own = [office for office in offices if country in office.countries]
    if own:
        return own[0]
    general = [office for office in offices if not office.countries]
    if general:
        return general[0]
    return offices[0] if offices and country is None else None


def _actors(
    phrase: Phrase, payload: object, office: Office | None, title: str, lexicon: Lexicon, day: date | None
) -> tuple[tuple[Actor, ...], str]:
    """Who a nominal stands for; nobody when no country or body is named, which coreference may mend."""
    tanks = [org for org in phrase.orgs if org.kind == "think tank"]
    org = phrase.orgs[0] if phrase.orgs else None
    codes: list[str | None] = list(phrase.countries) or ([phrase.country] if phrase.country else [])
    if not phrase.plural and len(codes) > 1 and not isinstance(payload, Agent):
        codes = codes[:1] if not isinstance(payload, Institution) else codes
    if office is not None:
        if not codes and org is None:
            return (), "title"
        found: list[Actor] = []
        for code in codes or [None]:
            deputy = phrase.deputy and office.level != "deputy minister"
            holder = None
            if not (phrase.former or deputy or (phrase.plural and not codes)):
                holder = find_office_holder(lexicon, office, code, org.id if org else None, day)
            if holder is not None and not (phrase.plural and len(codes) == 1):
                found.append(holder_actor(holder, day, office))
            elif phrase.former:
                country = lexicon.countries[code] if code else None
                found.append(_former(office, title, country))
            else:
                country = lexicon.countries[code] if code else None
                found.append(office_actor(office, title.lower(), country, org))
        return tuple(found), "title"
    if isinstance(payload, Institution):
        if not codes and org is None:
            return (), "institution"
        return tuple(
            institution_actor(payload, lexicon.countries[code] if code else None, org) for code in codes or [None]
        ), "institution"
    if isinstance(payload, Agent):
        if phrase.former and payload.governs:
            former = Agent("former official", ("ELI",), None, "observer", False)
            payload = former
        if payload.role in ("observer", "media") and not codes:
            return (agent_actor(payload, None, tanks[0] if tanks else org),), "role noun"
        if not codes and org is None:
            group = phrase.groups[0] if phrase.groups else None
            return ((group_actor(group),) if group else ()), "role noun"
        if phrase.groups and phrase.groups[0].kind == "armed group":
            return (group_actor(phrase.groups[0]),), "armed group"
        return tuple(
            agent_actor(payload, lexicon.countries[code] if code else None, org) for code in codes or [None]
        ), "role noun"
    return (), ""


def _former(office: Office, title: str, country: object) -> Actor:
    land = country if isinstance(country, Country) else None
    code = land.iso3 if land else None
    return Actor(f"{code or 'unknown'}:former {office.office}", f"former {title}", code, ("ELI",), f"former {title}")


def _body(doc: Doc, hits: Hits, hit: Hit, phrase: Phrase, floor: int, lexicon: Lexicon) -> Mention:
    """An organisation, armed group, party, company, outlet or a body of one state."""
    entry = hit.of("institution", "organisation", "group")
    assert entry is not None
    payload = entry.payload
    head = doc[hit.end - 1]
    scan_left(phrase, doc, hits, floor)
    if isinstance(payload, Organisation):
        actor = organisation_actor(payload)
    elif isinstance(payload, Group):
        actor = group_actor(payload)
    else:
        assert isinstance(payload, Institution)
        own = phrase.countries[0] if phrase.countries else payload.country
        if own != payload.country and any(
            isinstance(e.payload, Institution) and e.payload.country is None for e in hit.entries
        ):
            actor = institution_actor(payload, lexicon.countries[own] if own else None)
        else:
            shared = _shared_name(hit, own)
            institution = shared or payload
            country = lexicon.countries.get(institution.country or own or "")
            actor = institution_actor(institution, country)
            if own and institution.country and own != institution.country:
                # Another state's body of the same name ("the Argentine Senate").
                general = Institution(
                    institution.body, institution.body, None, institution.sectors, institution.level, institution.role
                )
                actor = institution_actor(general, lexicon.countries[own])
    if hit.end < len(doc) and doc[hit.end].lemma_.lower() == "member" and actor.level in TOP:
        # "a Politburo member" is one of many.
        actor = replace(actor, level="official")
    if head.dep_ in _MODIFIER_DEPS and head.head.i > head.i and phrase.start < hit.start and not phrase.countries:
        phrase.start = hit.start
    return Mention(
        phrase.start, phrase.end, head.i, "name", 1, "n", (actor,), tuple(phrase.countries), f"name of {_kind(payload)}"
    )


def _shared_name(hit: Hit, country: str | None) -> Institution | None:
    for entry in hit.entries:
        if isinstance(entry.payload, Institution) and entry.payload.country == country:
            return entry.payload
    return None


def _kind(payload: object) -> str:
    if isinstance(payload, Organisation):
        return "an organisation"
    if isinstance(payload, Group):
        return f"a {payload.kind}" if payload.kind != "armed group" else "an armed group"
    return "an institution"


def _group_mention(analysis: Analysis, hits: Hits, hit: Hit, taken: set[int]) -> Mention | None:
    """Nouns that point back: "both sides", "the two leaders", "the duo", "the country", "his counterpart"."""
    entry = hit.of("anaphor")
    assert entry is not None and isinstance(entry.payload, Anaphor)
    anaphor, doc = entry.payload, analysis.doc
    head = doc[hit.end - 1]
    sentence = analysis.sentence_at(hit.start)
    phrase = Phrase(hit.start, hit.end)
    phrase.plural = anaphor.count > 1
    floor = max([sentence.start, *(index + 1 for index in range(sentence.start, hit.start) if index in taken)])
    scan_left(phrase, doc, hits, floor)
    words = {doc[index].lower_ for index in range(phrase.start, hit.start)}
    owner = phrase.start - 1
    possessive = owner >= sentence.start and doc[owner].tag_ in ("PRP$", "POS")
    if anaphor.refers == "counterpart":
        if head.dep_ in _MODIFIER_DEPS or (anaphor.noun not in ("counterpart", "opposite number") and not possessive):
            return None
        codes = tuple(phrase.countries)
        return Mention(phrase.start, phrase.end, head.i, "nominal", 1, None, (), codes, "counterpart")
    if phrase.countries or phrase.orgs or phrase.groups:
        return None
    if head.dep_ in _MODIFIER_DEPS and head.head.i > head.i and head.head.pos_ in ("NOUN", "PROPN"):
        return None
    following = doc[hit.end] if hit.end < len(doc) else None
    if following is not None and following.lower_ == "of" and anaphor.refers == "person":
        return None
    definite = bool(words & _DEFINITE) or possessive
    counted = bool(words & {"both", "two", "three", "four", "pair"}) and (definite or "both" in words)
    described = following is not None and (
        following.tag_ in ("WDT", "WP") or following.lower_ in ("of", "from", "that")
    )
    if anaphor.count > 1:
        noun = anaphor.noun
        pair = noun in ("duo", "pair", "trio")
        if noun in _NUMERALS:
            if (
                head.tag_ not in ("CD",)
                or head.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj")
                or "the" not in words
            ):
                return None
        elif not (counted or (pair and words & _DEFINITE) or ("the" in words and not described)):
            return None
        if not counted and not pair and anaphor.refers == "person" and anaphor.noun in _UNBOUND:
            return None
        told = words | {noun}
        count = 3 if told & {"three", "trio"} else 4 if "four" in told else 2
        return Mention(phrase.start, phrase.end, head.i, "group", count, None, (), (), f"group:{anaphor.refers}")
    if hit.of("office", "agent", "institution") and anaphor.refers == "person":
        return None
    if not words & {"the", "this", "that"} and not possessive:
        return None
    if words - {"the", "this", "that", "-"} and anaphor.refers == "organisation":
        return None
    return Mention(phrase.start, phrase.end, head.i, "nominal", 1, "n", (), (), f"definite:{anaphor.refers}")


def pronoun_mentions(analysis: Analysis) -> Iterator[Mention]:
    """Personal and possessive pronouns, "it" only where it may refer; "each other" and "one another" too."""
    doc = analysis.doc
    for token in doc:
        if _the_other(token):
            yield Mention(token.i - 1, token.i + 1, token.i, "group", 2, None, (), (), "group:other")
            continue
        if token.tag_ not in ("PRP", "PRP$") or token.lower_ not in _PRONOUNS:
            if (
                token.lower_ in ("each", "one")
                and token.i + 1 < len(doc)
                and doc[token.i + 1].lower_ in ("other", "another")
            ) and not (token.lower_ == "one" and doc[token.i + 1].lower_ == "other"):
                end = token.i + 2
                yield Mention(token.i, end, doc[token.i : end].root.i, "pronoun", 2, None, (), (), "pronoun")
            continue
        if token.text == "US" or (token.lower_ == "it" and _pleonastic(token)):
            continue
        if (
            token.lower_ in HONOURING
            and token.i + 1 < len(doc)
            and doc[token.i + 1].text.istitle()
            and (doc[token.i + 1].lower_ in HONORIFICS)
        ):
            continue
        number, gender = _PRONOUNS[token.lower_]
        yield Mention(token.i, token.i + 1, token.i, "pronoun", number, gender, (), (), "pronoun")


def _the_other(token: Token) -> bool:
    """ "The other" in "each side accused the other", where the subject tells of two."""
    if token.lower_ != "other" or token.i == 0 or token.nbor(-1).lower_ != "the":
        return False
    if token.dep_ not in ("dobj", "pobj", "nsubj", "dative") or (token.head.i > token.i and token.dep_ != "nsubj"):
        return False
    subject = clause_subject(token)
    return subject is not None and subject.i < token.i and subject.left_edge.lower_ in (*_EACH, "both")


def _pleonastic(token: Token) -> bool:
    """An "it" that stands for nothing: weather, raising verbs, and clefts ("it is unclear if", "it took years to")."""
    verb = token.head
    if token.dep_ == "expl":
        return True
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    children = {child.dep_ for child in verb.children}
    if verb.lemma_ in _RAISING and (children & {"ccomp", "csubj", "xcomp", "acomp", "oprd", "attr", "advcl"}):
        return True
    if token.dep_ == "nsubjpass":
        return "ccomp" in children or "csubj" in children
    return False


__all__ = ["STATES", "country_actor", "nominal_mentions", "pronoun_mentions", "take_hit"]
