"""Whose words a place of the text is: the speakers around it, from the innermost outwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.coding.attribution import cue_of
from detente.coding.speakers import TurnSpeakers, side_of, speakers_of
from detente.coding.statements import cue_head, uttered
from detente.records import Actor, Participant

if TYPE_CHECKING:
    from collections.abc import Container

    from detente.coding.analysis import Analysis, Attribution

_ORG: Final = "org:"
# Those who tell what a government said; an observer's opinion of it is none of its words.
# Members of parliaments and courts do not speak for the government.
_OTHER_POWERS: Final = frozenset({"LEG", "JUD"})
_TELLERS: Final = frozenset({"media"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One who says what stands at a place; `power` is the government spoken for, None for tellers."""

    speaker: Participant
    power: str | None
    direct: bool
    addressee: str | None


def power_of(actor: Actor, text: str) -> str | None:
    """The government (ISO alpha-3) or organisation (its id) for which an actor mentioned as `text` speaks; None for
    parliaments, courts, private persons, media, observers.

    Ministers count for an organisation only where they are called by it ("the G7 foreign ministers"): the ministers of
    two of its members meet far more often.
    """
    if actor.country is None and actor.id.startswith(_ORG) and actor.role == "party":
        body, _, office = actor.id.removeprefix(_ORG).partition(":")
        return body if not office or body in text else None
    if _OTHER_POWERS & set(actor.sectors):
        return None
    return side_of(actor)


def voices_at(analysis: Analysis, token: int, own: Container[int], turns: TurnSpeakers) -> list[Voice] | None:
    """The voices around a token, the innermost first; None where the words were not said, or were an observer's.

    Attributions whose cue is one of the tokens `own` (those of the formula itself) are passed over.
    """
    around = [
        (sum(end - start for start, end in analysis.attributions[number].content), number)
        for number in analysis.attributions_at(token)
    ]
    found: list[Voice] = []
    for _, number in sorted(around):
        attribution = analysis.attributions[number]
        if attribution.cue is None:
            speaker, _ = turns.of_attribution(attribution)
            if speaker is None:
                continue
            voice = Voice(speaker, power_of(speaker.actor, speaker.span.text), True, None)
        else:
            if any(i in own for i in range(*attribution.cue)):
                continue
            people, _ = speakers_of(analysis, attribution)
            cue = cue_of(analysis, attribution)
            if not people or cue is None:
                continue
            if not uttered(analysis.doc[cue_head(analysis, attribution.cue, cue)]):
                return None
            direct = attribution.form == "direct" or cue.lemma == ":"
            voice = Voice(
                people[0], power_of(people[0].actor, people[0].span.text), direct, _addressee(analysis, attribution)
            )
        if voice.power is None and voice.speaker.actor.role not in _TELLERS:
            return None
        found.append(voice)
    return found


def _addressee(analysis: Analysis, attribution: Attribution) -> str | None:
    if attribution.addressee_root is None:
        return None
    mention = analysis.mention_at(attribution.addressee_root)
    return mention.actors[0].country if mention is not None and mention.actors else None
