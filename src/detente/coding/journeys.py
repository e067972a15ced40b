"""Who is host to a journey, and stays abroad told without a verb of motion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import by_place, is_party, parties, place_at
from detente.coding.candidate import Candidate
from detente.coding.clauses import agents, coordinated, direct_object, is_passive, prepositions

# Verbs of those who stay somewhere: "is in Oslo", "will attend the summit in Oslo".
_BEING, _ATTENDING = "be", frozenset({"attend", "join", "participate", "partake"})
# Whose stay abroad is a visit of the state.
_TRAVELLERS = frozenset(
    {
        "leader",
        "deputy leader",
        "foreign minister",
        "defence minister",
        "economic minister",
        "security adviser",
        "minister",
    }
)
# Complements that make "be" say what somebody is, not where.
_PREDICATES = frozenset({"attr", "acomp", "oprd"})
_REMOTELY = frozenset({"remotely", "virtually", "online"})
# "went over to the Omani embassy" in the same town: no journey to Oman.
_MISSIONS = frozenset({"embassy", "consulate"})
# "visited the Mexican border": from this side of it.
_EDGES = frozenset({"border", "frontier", "boundary"})
_SENDING = frozenset({"send", "dispatch", "task", "assign", "deploy", "appoint", "name", "designate"})
_DEEP = 3


def destination(analysis: Analysis, verb: Token, *, passive: bool = False) -> tuple[list[Mention], str]:
    """The host of a journey: the person or country visited, or the country of the place gone to.

    `passive` counts the subject of a passive too ("was visited by").
    """
    obj = direct_object(verb)
    sent = obj is not None and verb.lemma_ in _SENDING
    if obj is not None and not sent and (passive or not is_passive(verb)):
        near = obj.lemma_.lower() in _MISSIONS | _EDGES
        hosts = [] if near else _not_firms(parties(analysis, [obj])) or hosts_by_place(analysis, coordinated(obj))
        if hosts:
            return _met_there(analysis, verb, hosts), "obj"
    for wanted in ("to", "in", "into", "for", "at"):
        # "sent a minister to Oslo": the parser may hang the town on whoever is sent.
        told = [*prepositions(verb), *(prepositions(obj) if sent and obj is not None and wanted == "to" else ())]
        tokens = [t for preposition, inner in told if preposition == wanted for t in coordinated(inner)]
        tokens = [_town_or_state(analysis, token) for token in tokens if token.lemma_.lower() not in _MISSIONS]
        hosts = hosts_by_place(analysis, tokens) or (parties(analysis, tokens, inside=False) if wanted != "for" else [])
        if hosts:
            return _met_there(analysis, verb, hosts), wanted
    return [], ""


def envoy_of(verb: Token) -> Token | None:
    """Whom somebody sends ("sent two officials to visit Oslo"): they travel, not he."""
    head = verb.head
    to_do = verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp", "ccomp")
    return direct_object(head) if to_do and head.lemma_ in _SENDING and not is_passive(head) else None


def _met_there(analysis: Analysis, verb: Token, hosts: list[Mention]) -> list[Mention]:
    """ "travelled to Moscow for talks with Putin": the host is he, not just his country."""
    countries = {actor.country for host in hosts for actor in host.actors}
    for preposition, inner in prepositions(verb):
        if preposition in ("for", "on"):
            for deeper, who in prepositions(inner):
                met = parties(analysis, [who]) if deeper == "with" else []
                if met and {actor.country for m in met for actor in m.actors} == countries:
                    return met
    return hosts


def _not_firms(hosts: list[Mention]) -> list[Mention]:
    """ "visited the plant of a Taiwanese firm": a firm's works are no journey to its country."""
    return [host for host in hosts if not all({"BUS", "MNC"} & set(actor.sectors) for actor in host.actors)]


def hosts_by_place(analysis: Analysis, tokens: Iterable[Token]) -> list[Mention]:
    found: list[Mention] = []
    for token in tokens:
        mention = analysis.mention_at(token.i)
        found.extend([mention] if mention is not None and is_party(mention) else by_place(analysis, [token]))
    return found


def _town_or_state(analysis: Analysis, token: Token) -> Token:
    """ "Lebanon, Ohio": of a town called like a state the division in which it lies; else the token itself."""
    mention = analysis.mention_at(token.i)
    if mention is None or analysis.doc[mention.end : mention.end + 1].text != ",":
        return token
    after = place_at(analysis, mention.end + 1)
    holds = after is not None and after.place.admin1 is not None and after.place.admin1 == after.place.name
    return analysis.doc[after.start] if after and holds and after.place.country not in mention.countries else token


def stays(analysis: Analysis, verb: Token) -> list[Candidate]:
    """A leader's or minister's stay abroad: "is in Oslo", "was at the talks in Oslo", "attended the summit in Oslo"."""
    lemma = verb.lemma_.lower()
    if verb.dep_ in ("aux", "auxpass", "acl", "pcomp", "advcl") or (verb.tag_ == "VBG" and not _has_auxiliary(verb)):
        # "thanked her for attending", "a delegation to attend", "while he is there".
        return []
    if verb.dep_ == "xcomp" and verb.tag_ == "VB" and direct_object(verb.head) is not None:
        # "named a delegation to attend": they do, not he.
        return []
    if lemma == _BEING:
        if any(child.dep_ in _PREDICATES for child in verb.children):
            return []
    elif lemma not in _ATTENDING or is_passive(verb) or any(t.lower_ in _REMOTELY for t in verb.subtree):
        return []
    travellers = [
        m for m in parties(analysis, agents(verb), inside=False) if any(a.level in _TRAVELLERS for a in m.actors)
    ]
    own = {actor.country for mention in travellers for actor in mention.actors}
    hosts = [h for h in by_place(analysis, _where(verb, lemma)) if not {a.country for a in h.actors} & own]
    if not travellers or not hosts:
        return []
    return [
        Candidate(
            verb.i, f"verb:{lemma}", "CONSULT", "CONSULT", "visit", (), tuple(travellers), tuple(hosts[:1]), False, 0.8,
            "in",
        )
    ]  # fmt: skip


def _has_auxiliary(verb: Token) -> bool:
    return any(child.dep_ == "aux" for child in verb.children)


def _where(verb: Token, lemma: str) -> Iterator[Token]:
    """What stands after "in" or "at", on the verb or on the gathering that one is at or attends."""
    nouns = [verb]
    for _ in range(_DEEP):
        inner = [
            (preposition, token)
            for noun in nouns
            for preposition, token in prepositions(noun)
            if preposition in ("in", "at", "during") or (preposition == "on" and token.lemma_ in ("margin", "sideline"))
        ]
        yield from (token for preposition, token in inner if preposition in ("in", "at"))
        obj = direct_object(verb) if nouns == [verb] and lemma != _BEING else None
        nouns = [token for _, token in inner] + ([obj] if obj is not None else [])
