"""Who is host to a journey."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import by_place, is_party, parties
from detente.coding.clauses import coordinated, direct_object, is_passive, prepositions


def destination(analysis: Analysis, verb: Token, *, passive: bool = False) -> tuple[list[Mention], str]:
    """The host of a journey: the person or country visited, or the country of the place gone to.

    `passive` counts the subject of a passive too ("was visited by").
    """
    obj = direct_object(verb)
    if obj is not None and (passive or not is_passive(verb)):
        hosts = parties(analysis, [obj]) or hosts_by_place(analysis, coordinated(obj))
        if hosts:
            return _met_there(analysis, verb, hosts), "obj"
    for wanted in ("to", "in", "into", "for", "at"):
        tokens = [t for preposition, inner in prepositions(verb) if preposition == wanted for t in coordinated(inner)]
        hosts = hosts_by_place(analysis, tokens) or (parties(analysis, tokens, inside=False) if wanted != "for" else [])
        if hosts:
            return _met_there(analysis, verb, hosts), wanted
    return [], ""


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


def hosts_by_place(analysis: Analysis, tokens: Iterable[Token]) -> list[Mention]:
    found: list[Mention] = []
    for token in tokens:
        mention = analysis.mention_at(token.i)
        found.extend([mention] if mention is not None and is_party(mention) else by_place(analysis, [token]))
    return found
