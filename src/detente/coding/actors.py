"""Actors: every mention of somebody who can act between states, and who that is on the document's day."""

from __future__ import annotations

from detente.coding.analysis import Analysis, Mention
from detente.coding.mentions_hits import find_hits
from detente.coding.mentions_nominal import nominal_mentions, pronoun_mentions
from detente.coding.mentions_people import People
from detente.coding.mentions_ships import ship_mentions
from detente.coding.mentions_states import state_mentions
from detente.lexicon.lexicon import Lexicon


def find_mentions(analysis: Analysis, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All mentions in order of their first token; none overlaps another, except that pronouns stand inside others.

    `actors` is empty where the text around does not tell who is meant: `coref.resolve` fills it in.
    """
    if not len(analysis.doc):
        return ()
    ships, sea = ship_mentions(analysis.doc, lexicon)
    hits = find_hits(analysis, lexicon).without(sea)
    people = People(analysis, lexicon, hits, sea)
    persons = people.find()
    found = ships + persons
    taken = people.taken | {index for ship in ships for index in range(ship.start, ship.end)}
    for mention in nominal_mentions(analysis, lexicon, hits, taken, persons):
        found.append(mention)
    found.extend(state_mentions(analysis, lexicon, hits, taken))
    found.extend(pronoun_mentions(analysis))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))
