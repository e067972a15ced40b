"""Titles, ministries and role nouns that name no country themselves."""

from __future__ import annotations

from dataclasses import replace

from detente.coding.analysis import Mention
from detente.coding.coref_country import beside, claims_country, current_country, of_its_kind, subjects_own
from detente.coding.coref_groups import states_in_focus
from detente.coding.coref_named import UNIQUE
from detente.coding.coref_state import Discourse, is_person
from detente.coding.mentions_actor import (
    agent_actor,
    find_office_holder,
    holder_actor,
    institution_actor,
    office_actor,
)
from detente.coding.mentions_phrase import FORMER
from detente.coding.mentions_titles import TOP
from detente.lexicon.entries import Agent, Entry, Institution, Office, Organisation
from detente.records import Actor

# Sectors of those whose heads are no heads of state.
_BODIES = frozenset({"BUS", "EDU", "MED", "NGO", "MNC"})
# Sentences back to the one whom "the former minister" takes up.
_NEAR = 2
_CROWNS = ("king", "queen", "emperor", "emir", "amir", "sultan", "duke", "pope")


def nominal(
    mention: Mention, talk: Discourse, by_token: dict[int, Mention], following: Mention | None = None
) -> Mention:
    """Who a title or role noun without a country stands for."""
    entry = _entry(mention, talk)
    if entry is None:
        return mention
    if isinstance(entry.payload, Office) and entry.payload.level in TOP and _heads_a_body(mention, talk, by_token):
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
        code, why = subjects_own(mention, talk, payload, following), "of the subject"
    if code is None and isinstance(payload, Agent):
        code, why = of_its_kind(mention, talk, payload), "state of such before"
    if code is None:
        code, why = beside(mention, talk, payload), "country beside it"
    if code is None:
        same = _same_kind(mention, talk, payload)
        if same is not None:
            return replace(mention, actors=(same,), why=f"{mention.why}: named before")
    if code is None and claims_country(payload):
        code, why = current_country(mention, talk), "country spoken of"
    if code in _DEPARTMENTS and why != "owner named" and _is_ministry(mention, talk):
        code, why = next((one for one, _ in talk.countries.most_common() if one != code), None), "country spoken of"
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


# States whose government has departments and no ministries.
_DEPARTMENTS = frozenset({"USA"})


def _is_ministry(mention: Mention, talk: Discourse) -> bool:
    return talk.doc[mention.root].lemma_.lower() == "ministry"


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


def _heads_a_body(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> bool:
    """Whether "its" before a top title is of a company, a bank, a school: "the firm said its president …"."""
    owner = _owner(mention, talk, by_token)
    return owner is not None and bool(owner.actors) and all(set(actor.sectors) & _BODIES for actor in owner.actors)


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
    if any(token.lower_ in FORMER for token in talk.doc[mention.start : mention.end]):
        return mention if plural else _former(mention, talk)
    if owner is not None and plural and office.level in TOP:
        # "our senior leaders": a state has one head, these are others besides.
        several = replace(office_actor(office, office.office, lexicon.countries[owner]), level="official")
        return replace(mention, actors=(several,), why=f"{mention.why}: owner named")
    if owner is not None:
        actor = office_holder(mention, talk, owner, office)
        return replace(mention, actors=(actor,), why=f"{mention.why}: owner named") if actor else mention
    text = talk.doc[mention.start : mention.end].text
    spoken = talk.analysis.document.kind == "transcript"
    own_titles = _SPOKEN_TITLES if spoken else _OWN_TITLES
    if talk.issuer and not plural and (text.lower() if spoken else text) in own_titles:
        holder = find_office_holder(lexicon, office, talk.issuer, None, day)
        own = holder_actor(holder, day, office) if holder is not None else None
        nearer = _nearer(own, mention, office, text, talk) if own is not None and spoken else None
        if nearer is not None:
            return replace(
                mention, actors=nearer.actors, gender=nearer.gender, why=f"{mention.why}: holder named beside it"
            )
        if holder is not None and own is not None and (spoken or not _another_present(own, office, text, talk)):
            return replace(mention, actors=(own,), gender=holder.gender, why="title: the issuer's")
    if plural:
        same = _same_group(mention, talk)
        return replace(mention, actors=(same,), why=f"{mention.why}: named before") if same is not None else mention
    words = _main_words(text.lower())
    for exact in (True, False):
        # The very words of the title come first, so that a secretary of state is no foreign minister of another state.
        for actor, other in _own_first(talk, text):
            if not is_person(actor) or not _has_office(actor, office, text):
                continue
            if exact and not all(word in (actor.office or "").lower() for word in words):
                continue
            gender = other.gender if other.number == 1 else None
            return replace(mention, actors=(actor,), gender=gender, why=f"{mention.why}: holder named before")
    if office.office == "spokesperson":
        code = beside(mention, talk, office) or current_country(mention, talk)
    else:
        code = talk.issuer or current_country(mention, talk)
    if code is None or (office.level not in UNIQUE and office.office not in ("spokesperson", "ambassador")):
        return mention
    actor = office_holder(mention, talk, code, office)
    if actor is None or (office.level in ("leader", "deputy leader") and not actor.id.startswith("person:")):
        # Not every state has a chancellor, a king or a vice president.
        return mention
    return replace(mention, actors=(actor,), why=f"{mention.why}: of the country spoken of")


def _same_group(mention: Mention, talk: Discourse) -> Actor | None:
    """ "Two Spanish senators … the senators": those of that name before."""
    if talk.doc[mention.start].lower_ not in ("the", "these", "those"):
        return None
    noun = talk.doc[mention.end - 1].lower_
    groups = (actor for actor, _ in talk.known() if actor.country and not actor.id.startswith("person:"))
    return next((actor for actor in groups if actor.name.split()[-1].lower() == noun), None)


def _former(mention: Mention, talk: Discourse) -> Mention:
    """ "The former chancellor": who is named before as one, or the last one named who holds no office now; never
    whoever holds it on the day."""
    title = "".join(
        token.text_with_ws
        for token in talk.doc[mention.start : mention.end]
        if token.lower_ not in FORMER and token.pos_ != "DET"
    ).strip()
    # Only few states have secretaries of state.
    offices = (entry.payload for entry in talk.lexicon.phrases.forms(title))
    owners = {code for office in offices if isinstance(office, Office) for code in office.countries}
    code = next((code for code, _ in talk.countries.most_common() if code in owners), None)
    words = _main_words(title.lower())
    people = [(actor, other) for actor, other in talk.known() if is_person(actor) and actor.level is None]
    named = [one for one in people if all(word in (one[0].office or "").lower() for word in words)]
    here = talk.analysis.sentence_at(mention.start).index
    near = [one for one in people if here - talk.analysis.sentence_at(one[1].start).index <= _NEAR]
    for actor, other in (*named, *near):
        known = actor
        if not actor.office:
            office_held = f"former {title.lower()}"
            known = replace(actor, office=office_held, sectors=("ELI",), role="party", country=actor.country or code)
        return replace(mention, actors=(known,), gender=other.gender, why=f"{mention.why}: a former one named before")
    return mention


def _own_first(talk: Discourse, text: str) -> list[tuple[Actor, Mention]]:
    """Whom a title may take up, the latest first; in a government's own text "the Secretary" is its own before that
    of another state."""
    known = list(talk.known())
    if talk.analysis.document.kind in ("readout", "statement") and talk.issuer and not text.split()[-1].islower():
        known.sort(key=lambda one: one[0].country != talk.issuer)
    return known


# Titles that in a text of a government are those of its own, in writing and as they are said.
_OWN_TITLES = ("The President", "the President", "The Vice President", "the Vice President")
_SPOKEN_TITLES = ("the president", "the vice president", "the prime minister", "the chancellor")


def _nearer(own: Actor, mention: Mention, office: Office, text: str, talk: Discourse) -> Mention | None:
    """The mention of whom the title means in a transcript if not the issuer's own holder of the office.

    He who holds it means another when he says it, and does so in any turn if that sentence has named another before,
    and not just as the owner of something ("X's war").
    """
    here = talk.analysis.sentence_at(mention.start)
    himself = here.turn is not None and (speaker := talk.speaker(here.turn)) is not None and speaker.id == own.id
    for other in reversed(talk.past):
        sentence = talk.analysis.sentence_at(other.start)
        near = sentence.index == here.index or (himself and sentence.turn == here.turn)
        if not near:
            return None
        if len(other.actors) != 1 or other.kind != "name" or (not himself and talk.doc[other.root].dep_ == "poss"):
            continue
        if other.actors[0].id == own.id:
            return None
        if is_person(other.actors[0]) and _has_office(other.actors[0], office, text):
            return other
    return None


def _another_present(own: Actor, office: Office, text: str, talk: Discourse) -> bool:
    """Whether the text named another state's holder of that office and not the issuer's own."""
    return own.id not in talk.latest and any(
        is_person(actor) and actor.country != own.country and _has_office(actor, office, text)
        for actor, _ in talk.known()
    )


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
    if office.office == "official":
        # "the Secretary" of a secretary of state, "the Director" of a director of intelligence.
        return all(word in title.split() for word in _main_words(low))
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


def _same_kind(mention: Mention, talk: Discourse, payload: object) -> Actor | None:
    """An earlier mention of the same body or role: "the Finnish parliament … the parliament"."""
    if talk.doc[mention.start].lower_ not in ("the", "this", "that"):
        return None
    if mention.end < len(talk.doc) and talk.doc[mention.end].lower_ == "of":
        # "the families of the two" are told apart by whose they are.
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
