"""A candidate event, and what makes its sides mutual."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.coding.analysis import Mention

# What several do without naming another they do with each other: "both leaders promised".
_TOGETHER_AS_GROUP = frozenset({"ASSAULT", "RETREAT", "CONCEDE"})
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """`trigger` and `complement` are token indexes; `act` is the type that the words name; `explicit` says how well
    the sides are founded (1: both stand in slots of the trigger); `lead` of a mutual one how many of the actors stood
    on its first side; `swapped` whether the row turned the sides round;
    `given` how sure the relation model is of a side that it gave, None if the grammar gave both.
    """

    trigger: int
    rule: str
    type: str
    act: str
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    reciprocal: bool
    explicit: float
    slot: str
    complement: int | None = None
    lead: int = 0
    swapped: bool = False
    given: float | None = None


def shape_sides(base: Candidate, shape: str, verb: Token) -> Candidate:
    """The candidate with its sides as the shape of its row has them: turned round, mutual, or as they stand."""
    if shape == "swap":
        return replace(base, actors=base.recipients, recipients=base.actors, swapped=True)
    if shape == "exercise":
        joint = replace(base, type="COOPERATE", act="COOPERATE", mode=None)
        if base.recipients and base.slot == "with":
            return mutual(joint)
        if several(base.actors):
            # Whoever it is held near or against is no partner.
            return mutual(replace(joint, recipients=()))
        return base
    if shape == "recip":
        if base.slot in ("to", "clause", "iobj", "for", "on") and base.type not in ("CONSULT", "COOPERATE"):
            # "X and Y agreed that neither would attack": the agreement is between them.
            among = base.slot == "clause" and several(base.actors)
            return mutual(replace(base, recipients=())) if among else base
        if not base.actors and base.slot in ("between", "among"):
            # "A treaty was signed between X and Y."
            return mutual(replace(base, actors=base.recipients[:1], recipients=base.recipients[1:]))
        return mutual(base)
    if several(base.actors) and _is_each_others(verb):
        # "A and B expelled each other's diplomats": whoever owns them is among the actors.
        return mutual(replace(base, recipients=()))
    actors = {actor.id for mention in base.actors for actor in mention.actors}
    others = {actor.id for mention in base.recipients for actor in mention.actors}
    group = any(mention.kind == "group" for mention in base.actors)
    # Several who travel somewhere do not thereby visit each other.
    together = (
        (base.type in _TOGETHER and base.mode != "visit")
        or _each_other(verb)
        or (group and base.type in _TOGETHER_AS_GROUP)
    )
    if others and others <= actors:
        # "fired at each other" is mutual; "underscored their commitment" names nobody else.
        return mutual(base) if _each_other(verb) else replace(base, recipients=(), slot="")
    return mutual(base) if not others and together else base


def _each_other(verb: Token) -> bool:
    return any(
        token.lower_ in ("other", "another") and token.i - verb.i <= 4 for token in verb.subtree if token.i > verb.i
    )


def _is_each_others(verb: Token) -> bool:
    return any(
        owner.dep_ == "poss" and owner.lower_ in ("other", "another") and owner.nbor(-1).lower_ in ("each", "one")
        for child in verb.children
        if child.dep_ in ("dobj", "obj")
        for owner in child.children
        if owner.i
    )


def several(mentions: tuple[Mention, ...]) -> bool:
    """Whether the mentions are of more than one country (or body without one)."""
    return len({actor.country or actor.id for mention in mentions for actor in mention.actors}) > 1


def mutual(base: Candidate) -> Candidate:
    """Everyone becomes an actor when both sides do the same to each other."""
    known = {actor.id for mention in base.actors for actor in mention.actors}
    if not base.actors:
        return base
    others = tuple(m for m in base.recipients if not {a.id for a in m.actors} <= known)
    everyone = (*base.actors, *others)
    if not several(everyone):
        return base
    return replace(base, actors=everyone, recipients=(), reciprocal=True, explicit=1.0, lead=len(base.actors))
