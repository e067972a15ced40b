"""Titles, ministries and role nouns that name no country themselves."""

from __future__ import annotations

from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_groups import states_in_focus
from detente.coding.coref_state import Discourse, clause_subject, is_person
from detente.coding.mentions_actor import (
    agent_actor,
    find_office_holder,
    holder_actor,
    institution_actor,
    office_actor,
)
from detente.lexicon.entries import Agent, Entry, Institution, Office, Organisation
from detente.lexicon.load import slug
from detente.lexicon.places import load_gazetteer
from detente.records import Actor

_CROWNS = ("king", "queen", "emperor", "emir", "amir", "sultan", "duke", "pope")
_UNIQUE = frozenset(
    {"leader", "deputy leader", "foreign minister", "defence minister", "economic minister", "security adviser"}
)
# Role nouns that a country named nearby may own; civilians and companies stay without one.
_OWNED = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PRM", "OPP", "PTY", "REB"})
# Inhabitants from which a town's bare name tells its country, and how much smaller its namesakes abroad must be.
_TOWN = 50_000
_FAR_LARGER = 5
_LOCAL = frozenset({"GOV", "COP", "LEG", "JUD", "OPP", "PTY"})


def nominal(
    mention: Mention, talk: Discourse, by_token: dict[int, Mention], following: Mention | None = None
) -> Mention:
    """Who a title or role noun without a country stands for."""
    entry = _entry(mention, talk)
    if entry is None:
        return mention
    owners = _owners(mention, talk, by_token) or _principal(mention, talk, following)
    owner = owners[0] if owners else None
    payload = entry.payload
    body = _owning_body(mention, talk, by_token) if not owners else None
    if body is not None and not isinstance(payload, Institution):
        if isinstance(payload, Office):
            held = office_of_body(mention, talk, body)
        else:
            held = agent_actor(payload, None, body) if isinstance(payload, Agent) else None
        if held is not None:
            return replace(mention, actors=(held,), why=f"{mention.why}: owner named")
    if not owners and mention.number > 1 and talk.doc[mention.start].lower_ == "both":
        pair = [actor.country for actor in states_in_focus(mention, talk, 2) if actor.country]
        if len(pair) == 2:
            return _of_several(mention, talk, payload, pair)
    if len(owners) > 1 and mention.number > 1:
        return _of_several(mention, talk, payload, owners)
    if owner is None and isinstance(payload, Agent) and _foreign(mention, talk):
        if payload.role == "unnamed":
            return replace(mention, actors=(agent_actor(payload, None),), why=f"{mention.why}: of no one country")
        return mention
    if isinstance(payload, Office):
        return _title(mention, talk, payload, owner)
    code, why = owner, "owner named"
    if code is None and isinstance(payload, Agent):
        code, why = _subjects_own(mention, talk, payload, following), "of the subject"
    if code is None and isinstance(payload, Agent):
        code, why = _of_its_kind(mention, talk, payload), "state of such before"
    if code is None:
        code, why = _local(mention, talk, payload), "country beside it"
    if code is None:
        same = _same_kind(mention, talk, payload)
        if same is not None:
            return replace(mention, actors=(same,), why=f"{mention.why}: named before")
    if code is None and _claims_country(payload):
        code, why = _current_country(mention, talk), "country spoken of"
    if code is None:
        if isinstance(payload, Agent) and payload.role == "unnamed":
            return replace(mention, actors=(agent_actor(payload, None),), why=f"{mention.why}: no country given")
        return mention
    country = talk.lexicon.countries[code]
    if isinstance(payload, Institution):
        actor = institution_actor(payload, country)
    elif isinstance(payload, Agent):
        actor = agent_actor(payload, country)
    else:
        return mention
    return replace(mention, actors=(actor,), why=f"{mention.why}: {why}")


_DIPLOMATS = frozenset({"foreign minister", "security adviser", "ambassador", "deputy minister", "official"})


def described(mention: Mention, talk: Discourse) -> Mention:
    """ "The Chinese diplomat" is the one of that country and rank named just before, if there is one."""
    actor = mention.actors[0]
    if len(mention.actors) > 1 or mention.number > 1 or actor.role != "unnamed" or actor.country is None:
        return mention
    if talk.doc[mention.start].lower_ != "the" or "most" in talk.doc[mention.start : mention.end].text.split():
        return mention
    for other in talk.back(mention.start, 3):
        one = other.actors[0]
        same = len(other.actors) == 1 and one.country == actor.country and one.id.startswith("person:")
        if same and one.level in _DIPLOMATS:
            return replace(mention, actors=(one,), gender=other.gender, why=f"{mention.why}: named before")
    return mention


def named(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Mention:
    """A person named with a title but no country takes the issuer's, or the one the text is about; a counterpart named
    takes the office of the other."""
    actor = mention.actors[0]
    if not actor.id.startswith("person:"):
        return mention
    before = talk.latest.get(actor.id)
    if actor.country is None and before is not None and before.actors[0].country:
        known = next(one for one in before.actors if one.id == actor.id)
        return replace(mention, actors=(known,))
    if mention.why == "counterpart by name" and actor.level is None:
        index = mention.start - 1
        owner = by_token.get(index) if index >= 0 and talk.doc[index].tag_ == "PRP$" else talk.owner_ending(index)
        if owner is not None and owner.actors and owner.actors[0].level:
            peer = owner.actors[0]
            filled = replace(actor, office=peer.office, level=peer.level, sectors=peer.sectors, role="party")
            return replace(mention, actors=(filled,), why="counterpart by name: same office")
        return mention
    if actor.country or actor.role != "party" or actor.level in (None, "organisation") or "IGO" in actor.sectors:
        return mention
    if actor.level == "ambassador":
        host = _host(mention, talk, by_token)
        codes = [code for code, _ in talk.countries.most_common() if host is not None and code != host]
        return (
            replace(mention, actors=(replace(actor, country=codes[0]),), why=f"{mention.why}: the host's other side")
            if codes
            else mention
        )
    facing = _facing(mention, talk, by_token)
    others = next((code for code, _ in talk.countries.most_common() if code not in facing), None) if facing else None
    for code in (_leading_place(mention, talk), talk.issuer, _current_country(mention, talk), others):
        if code is not None and code not in facing and not _other_holder(actor, code, talk):
            return replace(mention, actors=(replace(actor, country=code),), why=f"{mention.why}: country spoken of")
    return mention


# What a state does to the ambassador of another.
_RECEIVES = frozenset(
    {"summon", "call", "expel", "receive", "protest", "convoke", "accredit", "hand", "invite", "demarche", "tell"}
)


def _facing(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> set[str]:
    """The countries of those whom the one mentioned summons, expels or receives."""
    token = talk.doc[mention.root]
    verb = token.head.head if token.head.dep_ == "agent" else token.head
    if verb.lemma_ not in _RECEIVES:
        return set()
    wanted = ("nsubjpass",) if token.head.dep_ == "agent" else ("dobj",) if token.dep_ == "nsubj" else ()
    others = [by_token[child.i] for child in verb.children if child.dep_ in wanted and child.i in by_token]
    return {actor.country for other in others for actor in other.actors if actor.country}


def _host(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> str | None:
    """The country whose minister or ministry summons or receives an ambassador."""
    token = talk.doc[mention.root]
    verb = token.head
    if verb.dep_ in ("agent", "prep"):
        verb = verb.head
    if verb.lemma_ not in _RECEIVES:
        return None
    if token.dep_ in ("dobj", "dative"):
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is None and verb.dep_ == "conj":
            subject = next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
        node = subject
    elif token.dep_ == "nsubjpass":
        by = next((child for child in verb.children if child.dep_ == "agent"), None)
        node = next(iter(by.children), None) if by is not None else None
    else:
        node = None
    host = by_token.get(node.i) if node is not None else None
    if host is not None and host.actors and host.actors[0].country:
        return host.actors[0].country
    return talk.issuer


def _other_holder(actor: Actor, code: str, talk: Discourse) -> bool:
    """Whether the lexicon knows somebody else in that office of that country on the day."""
    if actor.level not in _UNIQUE:
        return False
    found = talk.lexicon.holders_on(code, (actor.office or actor.level).lower(), talk.day)
    found = found or (talk.lexicon.holders_on(code, actor.level, talk.day) if actor.level != "leader" else ())
    return any(f"person:{slug(holder.name)}" != actor.id for holder in found)


def _leading_place(mention: Mention, talk: Discourse) -> str | None:
    """ "In London, the foreign secretary …": the place that opens the sentence."""
    sentence = talk.analysis.sentence_at(mention.start)
    if talk.doc[sentence.start].lower_ != "in":
        return None
    return _place_at(sentence.start + 1, talk)


def _entry(mention: Mention, talk: Discourse) -> Entry | None:
    """The noun of the lexicon that the mention is built around: the longest form that ends it, or stands in it."""
    words = [token.text for token in talk.doc[mention.start : mention.end]]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            entries = [
                entry
                for entry in talk.lexicon.phrases.forms(" ".join(words[start:end]))
                if entry.kind in ("institution", "office", "agent")
            ]
            if entries:
                order = ("institution", "office", "agent")
                return min(entries, key=lambda e: (order.index(e.kind), e.country is not None))
    return None


def _owners(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> list[str]:
    """The countries of "its", "his" or "Lukashenko's" before the mention."""
    other = _owner(mention, talk, by_token)
    if other is None:
        return []
    return list(dict.fromkeys(actor.country for actor in other.actors if actor.country))


def _owner(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Mention | None:
    """The mention that "its" or "the bloc's" before this one stands for."""
    index = mention.start - 1
    if index < 0:
        return None
    token = talk.doc[index]
    if token.tag_ == "PRP$":
        return by_token.get(index)
    return talk.owner_ending(index) if token.tag_ == "POS" and index > 0 else None


def _owning_body(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Organisation | None:
    """The organisation that "the bloc's" before the mention stands for."""
    other = _owner(mention, talk, by_token)
    if other is None or len(other.actors) != 1 or not other.actors[0].id.startswith("org:"):
        return None
    body = talk.lexicon.organisations.get(other.actors[0].id.removeprefix("org:"))
    return body if body is not None and body.kind == "igo" else None


def _principal(mention: Mention, talk: Discourse, following: Mention | None) -> list[str]:
    """ "A spokesman for President X": the country of the one named after "for", "to" or "of"."""
    if following is None or mention.end >= len(talk.doc) or talk.doc[mention.end].lower_ not in ("for", "to", "of"):
        return []
    if following.start - mention.end > 2 or len(following.actors) != 1:
        return []
    code = following.actors[0].country
    return [code] if code else []


# Words that say the one meant belongs to several states or to another one.
_ABROAD = frozenset(
    {"european", "western", "arab", "african", "asian", "gulf", "foreign", "international", "regional", "nordic",
     "baltic", "allied", "other", "several", "various", "latin", "islamic", "central", "eastern"}
)  # fmt: skip


def _foreign(mention: Mention, talk: Discourse) -> bool:
    words = {talk.doc[index].lower_ for index in range(mention.start, mention.end)}
    if words & _ABROAD:
        return True
    return mention.end < len(talk.doc) and talk.doc[mention.end].lower_ == "from"


def _of_several(mention: Mention, talk: Discourse, payload: object, codes: list[str]) -> Mention:
    """ "Their ambassadors", of two states."""
    actors: list[Actor] = []
    for code in codes:
        country = talk.lexicon.countries[code]
        if isinstance(payload, Office):
            actor = office_holder(mention, talk, code, payload)
            actors.extend([actor] if actor is not None else [])
        elif isinstance(payload, Institution):
            actors.append(institution_actor(payload, country))
        elif isinstance(payload, Agent):
            actors.append(agent_actor(payload, country))
    return replace(mention, actors=tuple(actors), why=f"{mention.why}: owners named")


def _title(mention: Mention, talk: Discourse, office: Office, owner: str | None) -> Mention:
    day, lexicon = talk.day, talk.lexicon
    plural = mention.number > 1
    if owner is not None:
        actor = office_holder(mention, talk, owner, office)
        return replace(mention, actors=(actor,), why=f"{mention.why}: owner named") if actor else mention
    text = talk.doc[mention.start : mention.end].text
    if (
        talk.issuer
        and not plural
        and text in ("The President", "the President", "The Vice President", "the Vice President")
    ):
        holder = find_office_holder(lexicon, office, talk.issuer, None, day)
        if holder is not None:
            return replace(
                mention, actors=(holder_actor(holder, day, office),), gender=holder.gender, why="title: the issuer's"
            )
    if plural:
        return mention
    words = _main_words(text.lower())
    for exact in (True, False):
        # The very words of the title come first, so that a secretary of state is no foreign minister of another state.
        for actor, other in talk.known():
            if not is_person(actor) or not _has_office(actor, office, text):
                continue
            if exact and not all(word in (actor.office or "").lower() for word in words):
                continue
            gender = other.gender if other.number == 1 else None
            return replace(mention, actors=(actor,), gender=gender, why=f"{mention.why}: holder named before")
    if office.office == "spokesperson":
        code = _local(mention, talk, office) or _current_country(mention, talk)
    else:
        code = talk.issuer or _current_country(mention, talk)
    if code is None or (office.level not in _UNIQUE and office.office not in ("spokesperson", "ambassador")):
        return mention
    actor = office_holder(mention, talk, code, office)
    if actor is None or (office.level in ("leader", "deputy leader") and not actor.id.startswith("person:")):
        # Not every state has a chancellor, a king or a vice president.
        return mention
    return replace(mention, actors=(actor,), why=f"{mention.why}: of the country spoken of")


def office_holder(mention: Mention, talk: Discourse, code: str, office: Office | None = None) -> Actor | None:
    """Who holds the mention's office in a country on the day, or the office itself."""
    if office is None:
        entry = _entry(mention, talk)
        if entry is None or not isinstance(entry.payload, Office):
            return None
        office = entry.payload
    holder = find_office_holder(talk.lexicon, office, code, None, talk.day)
    if holder is not None:
        return holder_actor(holder, talk.day, office)
    return office_actor(office, office.office, talk.lexicon.countries[code])


def office_of(mention: Mention, talk: Discourse) -> Office | None:
    """The office a title speaks of."""
    entry = _entry(mention, talk)
    return entry.payload if entry is not None and isinstance(entry.payload, Office) else None


def office_of_body(mention: Mention, talk: Discourse, body: Organisation) -> Actor | None:
    """ "Leaders of the bloc": the office, in the organisation."""
    entry = _entry(mention, talk)
    if entry is None or not isinstance(entry.payload, Office):
        return None
    return office_actor(entry.payload, talk.doc[mention.root].lower_, None, body)


def _has_office(actor: Actor, office: Office, text: str) -> bool:
    """Whether a person holds the office a title speaks of. Leaders must bear the title itself."""
    if actor.office is None or actor.office.startswith("former"):
        return False
    low, title = text.lower(), actor.office.lower()
    if _is_deputy(title) and not _is_deputy(low):
        return False
    if office.office in (
        "minister",
        "ambassador",
        "envoy",
        "governor",
        "mayor",
        "general",
        "spokesperson",
        "lawmaker",
        "judge",
    ):
        return any(word in title for word in _main_words(low)) or office.office in title
    if office.level in ("leader", "deputy leader", "economic minister"):
        if office.office == "leader":
            return actor.level == "leader"
        if office.office == "monarch":
            return actor.level == "leader" and any(word in title for word in _CROWNS)
        if office.level == "leader" and "vice" in title.split():
            return False
        return office.office in title or all(word in title for word in _main_words(low))
    return actor.level == office.level


def _is_deputy(title: str) -> bool:
    return bool({"deputy", "vice", "vice-president", "vice-premier", "assistant"} & set(title.split()))


def _main_words(text: str) -> list[str]:
    return [
        word
        for word in text.split()
        if word not in ("the", "a", "an", "of", "and", "top", "his", "her", "former", "this")
    ]


def _local(mention: Mention, talk: Discourse, payload: object) -> str | None:
    """A place right after the noun: "police in Oslo", "officials in Nairobi". Troops abroad belong elsewhere."""
    sectors = getattr(payload, "sectors", ())
    if not set(sectors) & _LOCAL or mention.end + 1 >= len(talk.doc) or talk.doc[mention.end].lower_ != "in":
        return None
    return _place_at(mention.end + 1, talk)


def _place_at(start: int, talk: Discourse) -> str | None:
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


def _same_kind(mention: Mention, talk: Discourse, payload: object) -> Actor | None:
    """An earlier mention of the same body or role: "the Finnish parliament … the parliament"."""
    if talk.doc[mention.start].lower_ not in ("the", "this", "that"):
        return None
    name = payload.body if isinstance(payload, Institution) else payload.agent if isinstance(payload, Agent) else ""
    for actor, _ in talk.known():
        if is_person(actor):
            continue
        if isinstance(payload, Institution):
            if actor.id.endswith(f":{name}") or (name == "ministry" and actor.id.endswith(" ministry")):
                return actor
        elif isinstance(payload, Agent) and actor.name.endswith(f" {name}"):
            return actor
    return None


def _subjects_own(mention: Mention, talk: Discourse, agent: Agent, following: Mention | None) -> str | None:
    """Bare plurals as objects ("visiting troops in Leeds, the premier said") are the subject's, if they serve states."""
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


def _of_its_kind(mention: Mention, talk: Discourse, agent: Agent) -> str | None:
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


def _claims_country(payload: object) -> bool:
    sectors = getattr(payload, "sectors", ())
    if isinstance(payload, Agent) and not payload.governs:
        return bool(set(sectors) & {"OPP", "PTY"})
    return bool(set(sectors) & _OWNED)


def _current_country(mention: Mention, talk: Discourse) -> str | None:
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


def counterpart(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> Mention:
    """ "His Chinese counterpart": who holds, in that country, the office of the one it is counterpart of."""
    index = mention.start - 1
    owner: Mention | None = None
    if index >= 0 and talk.doc[index].tag_ == "PRP$":
        owner = by_token.get(index)
    elif index >= 0 and talk.doc[index].tag_ == "POS":
        owner = talk.owner_ending(index)
    if owner is None:
        owner = next((m for m in talk.back(mention.start, 1) if m.actors and is_person(m.actors[0])), None)
    if owner is None or not owner.actors:
        return mention
    person = owner.actors[0]
    code = mention.countries[0] if mention.countries else None
    if code is None:
        for other in talk.back(mention.start, 2):
            for actor in other.actors:
                if is_person(actor) and actor.country not in (None, person.country) and actor.level == person.level:
                    return replace(mention, actors=(actor,), gender=other.gender, why="counterpart: named before")
        return mention
    country = talk.lexicon.countries[code]
    if person.level is None or person.office is None:
        return replace(
            mention,
            actors=(Actor(f"{code}:counterpart", f"{country.adjective} counterpart", code, ("GOV",), role="party"),),
            why="counterpart: office unknown",
        )
    for actor, other in talk.known():
        if actor.country == code and is_person(actor) and actor.level == person.level:
            return replace(mention, actors=(actor,), gender=other.gender, why="counterpart: named before")
    holders = talk.lexicon.holders_on(code, person.level, talk.day)
    exact = tuple(h for h in holders if h.office == person.level)
    holders = exact or holders
    if person.level == "leader":
        top = talk.lexicon.leader(code, talk.day)
        same = [h for h in holders if h.title.lower() == (person.office or "").lower()]
        holder = same[0] if same else top
    else:
        holder = holders[0] if len({h.name for h in holders}) == 1 else None
    if holder is not None:
        return replace(
            mention,
            actors=(holder_actor(holder, talk.day),),
            gender=holder.gender,
            why="counterpart: holder on the day",
        )
    title = person.level if person.level in _UNIQUE and person.level != "leader" else person.office
    actor = Actor(
        f"{code}:{person.level}",
        f"{country.adjective} {title}",
        code,
        person.sectors,
        title,
        person.level,
        "party",
    )
    return replace(mention, actors=(actor,), why="counterpart: same office")
