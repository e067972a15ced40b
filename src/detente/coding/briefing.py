"""Whose briefing a transcript is, and who bears a label without a name: "The President", "Spokesperson", "A".

Such a label stands for somebody of the government that holds the briefing, never of one that a question mentions.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from detente.coding.mentions_actor import (
    country_actor,
    find_office_holder,
    holder_actor,
    office_actor,
    organisation_actor,
)
from detente.lexicon.askers import asks, is_answer_label
from detente.lexicon.entries import Office
from detente.lexicon.load import slug
from detente.lexicon.sites import place_of_site
from detente.records import Actor

if TYPE_CHECKING:
    from detente.coding.analysis import Mention
    from detente.coding.coref_state import Discourse
    from detente.lexicon.lexicon import Lexicon

_ARTICLE: Final = re.compile(r"^(?:the|mr\.?|madam|official|deputy|chief|acting)\s+", re.IGNORECASE)
# What a side does in its own answers, said of itself in the present: "Peru firmly opposes".
_STANCE: Final = frozenset(
    "oppose condemn deplore urge hope welcome support regret reject believe deem commend stand call express reaffirm "
    "maintain remain attach advocate uphold".split()
)
_ORG: Final = "org:"


def home_of(talk: Discourse) -> str | None:
    """The country (ISO alpha-3) or organisation ("org:UN") whose briefing this is.

    The issuer, by publisher or address, else whose spokesperson the text names, else whose stance the answers tell.
    """
    known = talk.issuer or place_of_site(talk.analysis.document.url or "")
    if known is not None:
        return known
    spokes = {
        actor.country
        for mention in talk.mentions
        for actor in mention.actors
        if actor.role == "spokesperson"
        and actor.country
        and not _asked(talk, mention)
        # The label itself was read by what the text speaks of.
        and (mention.kind == "name" or talk.turn_of_label(mention) is None)
    }
    if spokes:
        return next(iter(spokes)) if len(spokes) == 1 else None
    stances = Counter(
        country
        for mention in talk.mentions
        if _takes_stance(talk, mention)
        for country in {actor.country for actor in mention.actors if actor.id in talk.lexicon.countries}
    )
    first = stances.most_common(2)
    if not first or (len(first) == 2 and first[0][1] == first[1][1]):
        return None
    return first[0][0]


def unnamed_speaker(label: str, talk: Discourse) -> Actor | None:
    """Who bears a label that is an office or "A" alone; None for other labels and where the side is not known."""
    answer = is_answer_label(label)
    office = None if answer else _office(label, talk.lexicon)
    if not answer and office is None:
        return None
    home = home_of(talk)
    if home is None:
        return None
    country = talk.lexicon.countries.get(home)
    organisation = None if country is not None else talk.lexicon.organisations[home.removeprefix(_ORG)]
    author = talk.author()
    people = [actor for mention in talk.mentions for actor in mention.actors if actor.id.startswith("person:")]
    people = [actor for actor in ([author] if author else []) + people if actor.country == home]
    if office is None or office.office == "spokesperson":
        spokes = [actor for actor in people if actor.role == "spokesperson"]
        if author in spokes or len({actor.id for actor in spokes}) == 1:
            return spokes[0]
    if office is None:
        return (
            organisation_actor(organisation)
            if organisation is not None
            else country_actor(talk.lexicon.countries[home])
        )
    day, bare = talk.analysis.document.published, _bare(label).lower()
    # An organisation's assembly and council have presidents of their own.
    if country is not None or bare.replace(" ", "-") == "secretary-general":
        org = organisation.id if organisation is not None else None
        holder = find_office_holder(talk.lexicon, office, country.iso3 if country is not None else None, org, day)
        if holder is not None:
            return holder_actor(holder, day, office)
    holding = [actor for actor in people if bare in (actor.office or "").lower()]
    if author in holding or len({actor.id for actor in holding}) == 1:
        return holding[0]
    return office_actor(office, bare, country, organisation)


def lone_answerer(label: str, name: str, talk: Discourse) -> Actor | None:
    """On a government's own page, somebody of whom no more is known but that nobody else answers the press: its
    spokesperson. None elsewhere."""
    if talk.issuer is None or talk.answering != {label}:
        return None
    return Actor(f"person:{slug(name)}", name, talk.issuer, ("GOV",), role="spokesperson")


def _office(label: str, lexicon: Lexicon) -> Office | None:
    """The office that a label is and nothing else; None for a name, or an office with a name."""
    forms = lexicon.phrases.forms(_bare(label).lower()) if label[:1].isalpha() else ()
    return next((entry.payload for entry in forms if isinstance(entry.payload, Office)), None)


def _bare(label: str) -> str:
    bare = label.strip(" .:")
    while (shorter := _ARTICLE.sub("", bare)) != bare:
        bare = shorter
    return bare


def _asked(talk: Discourse, mention: Mention) -> bool:
    """Whether a mention stands in a turn of the press."""
    turn = talk.analysis.sentence_at(mention.start).turn
    return turn is not None and asks(talk.analysis.document.turns[turn].speaker)


def _takes_stance(talk: Discourse, mention: Mention) -> bool:
    """Whether a state is said, in an answer, to oppose, urge, hope and so on, in the present tense."""
    token = talk.doc[mention.root]
    if token.dep_ != "nsubj" or token.head.tag_ not in {"VBZ", "VBP"} or token.head.lemma_ not in _STANCE:
        return False
    return talk.analysis.sentence_at(mention.start).turn is not None and not _asked(talk, mention)
