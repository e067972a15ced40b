"""What the relation model is asked, and the answers it can give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.ontology import load_ontology

NONE: Final = "NONE"
# The published benchmark files imposed sanctions (CAMEO 163) under COERCE, the PLOVER manual under SANCTION: the model
# keeps them apart, so that each reading is a sum.
EMBARGO: Final = "EMBARGO"
DIRECTIONS: Final = ("forward", "back", "mutual", "none")


@cache
def types() -> tuple[str, ...]:
    """What the model tells apart: the 16 PLOVER types, EMBARGO and NONE."""
    return (*load_ontology().types, EMBARGO, NONE)


@cache
def modes() -> tuple[str, ...]:
    """`TYPE:mode` for every mode of the ontology, and "" for none."""
    return ("", *(f"{kind}:{mode}" for kind, mode in load_ontology().modes))


@dataclass(frozen=True, slots=True)
class Question:
    """What does the actor do to the recipient, by the trigger? Character ranges of `text`; None: unmarked."""

    text: str
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None
    trigger: tuple[int, int] | None = None
