"""Which country a title or role noun without one belongs to."""

from __future__ import annotations

from detente.coding.analysis import Mention
from detente.coding.coref_state import Discourse, clause_subject
from detente.lexicon.entries import Agent
from detente.lexicon.places import load_gazetteer

# Role nouns that a country named nearby may own; civilians and companies stay without one.
_OWNED = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PRM", "OPP", "PTY", "REB"})
# Inhabitants from which a town's bare name tells its country, and how much smaller its namesakes abroad must be.
_TOWN = 50_000
_FAR_LARGER = 5
_LOCAL = frozenset({"GOV", "COP", "LEG", "JUD", "OPP", "PTY"})


def beside(mention: Mention, talk: Discourse, payload: object) -> str | None:
    """A place right after the noun: "police in Oslo", "officials in Nairobi". Troops abroad belong elsewhere."""
    sectors = getattr(payload, "sectors", ())
    if not set(sectors) & _LOCAL or mention.end + 1 >= len(talk.doc) or talk.doc[mention.end].lower_ != "in":
        return None
    return place_at(mention.end + 1, talk)


def place_at(start: int, talk: Discourse) -> str | None:
    """The country of a place named at a token: a country, a capital, a division, or a town of that name."""
    for size in (3, 2, 1):
        form = talk.doc[start : start + size].text
        for entry in talk.lexicon.phrases.forms(form):
            if entry.country and entry.kind in ("country", "capital", "subnational") and not entry.doubtful:
                return entry.country
    return _town(start, talk)


def _town(start: int, talk: Discourse) -> str | None:
    """The country of a town well known by its name: by far the largest so called, or the only one."""
    end = start
    while end < len(talk.doc) and end - start < 3 and talk.doc[end].pos_ == "PROPN":
        end += 1
    gazetteer = load_gazetteer()
    for stop in range(end, start, -1):
        rows = [row for row, other in gazetteer.find(talk.doc[start:stop].text) if not other]
        rows.sort(key=lambda row: -int(gazetteer.people[row]))
        if not rows:
            continue
        largest = int(gazetteer.people[rows[0]])
        rival = next((row for row in rows if gazetteer.country_of(row) != gazetteer.country_of(rows[0])), None)
        if largest < _TOWN or (rival is not None and int(gazetteer.people[rival]) * _FAR_LARGER > largest):
            return None
        return gazetteer.country_of(rows[0])
    return None


def subjects_own(mention: Mention, talk: Discourse, agent: Agent, following: Mention | None) -> str | None:
    """Bare plurals as objects ("visiting troops, the premier said") are the subject's, if they are soldiers."""
    token = talk.doc[mention.root]
    bare = mention.number > 1 and talk.doc[mention.start].pos_ not in ("DET", "NUM", "PRON")
    if not bare or token.dep_ not in ("dobj", "pobj") or agent.sectors[:1] != ("MIL",):
        return None
    subject = clause_subject(token)
    if subject is None:
        return None
    known = [following] if following is not None else []
    for other in (*known, *reversed(talk.past[-30:])):
        if other.root == subject.i and len(other.actors) == 1:
            return other.actors[0].country
    return None


_RULERS = frozenset({"junta", "generals", "putschists"})
_COMMANDS = frozenset({"MIL", "REB", "PRM"})


def of_its_kind(mention: Mention, talk: Discourse, agent: Agent) -> str | None:
    """ "The embassy" is one named before, not that of the subject or the issuer; "the junta" rules the state whose
    soldiers and generals the text spoke of."""
    noun = talk.doc[mention.end - 1].lower_
    if talk.doc[mention.start].lower_ != "the":
        return None
    if agent.agent == "embassy":
        subject = clause_subject(talk.doc[mention.root])
        owner = next((m for m in reversed(talk.past[-30:]) if subject is not None and m.root == subject.i), None)
        barred = {talk.issuer, *(actor.country for actor in (owner.actors if owner is not None else ()))}
        named = [
            actor.country
            for other in talk.back(mention.start, len(talk.analysis.sentences))
            for actor in other.actors
            if noun in actor.name.split() and actor.country not in barred
        ]
        return max(named, key=named.count) if named else None
    if noun not in _RULERS:
        return None
    weights = {
        code: count
        for code, count in talk.countries.items()
        if any(actor.country == code and set(actor.sectors) & _COMMANDS for actor, _ in talk.known())
    }
    return max(weights, key=lambda code: weights[code]) if weights else None


def claims_country(payload: object) -> bool:
    sectors = getattr(payload, "sectors", ())
    if isinstance(payload, Agent) and not payload.governs:
        return bool(set(sectors) & {"OPP", "PTY"})
    return bool(set(sectors) & _OWNED)


def current_country(mention: Mention, talk: Discourse) -> str | None:
    """The country that the text is about here: named in the sentence, else the one most spoken of lately."""
    here = talk.analysis.sentence_at(mention.start).index
    weights: dict[str, float] = {}
    for number, other in enumerate(talk.back(mention.start, 6)):
        if other.why == "backer in a compound":
            continue
        code = other.actors[0].country if len(other.actors) == 1 else None
        if code is None or other.actors[0].role in ("observer", "media"):
            continue
        if talk.analysis.sentence_at(other.start).index == here:
            return code
        subject = talk.doc[other.root].dep_ in ("nsubj", "nsubjpass")
        weights[code] = weights.get(code, 0.0) + (1.5 if subject else 1.0) * 0.9**number
    return max(weights, key=lambda code: weights[code]) if weights else None
