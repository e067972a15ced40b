"""What statements may bear on commitments: most bear on none, and need not be read again when a dyad is merged anew.

bearing(statement) -> tuple[str, ...]
Heard.of(tellings) -> Heard
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from detente.ledger.confirmations import DENIES
from detente.ledger.departures import LEFT
from detente.ledger.fulfilment import tells_deed
from detente.ledger.passages import read_passage
from detente.ledger.wording import of_statement
from detente.records import Statement
from detente.relations import Telling

# It may undertake something; may tell that something was done; may confirm, deny or explain what others tell.
UNDERTAKES: Final = "undertakes"
TELLS: Final = "tells"
ANSWERS: Final = "answers"


@dataclass(frozen=True, slots=True)
class Heard:
    """The statements on a dyad by what they may bear on; one may be in several."""

    undertaking: tuple[Telling, ...] = ()
    telling: tuple[Telling, ...] = ()
    answering: tuple[Telling, ...] = ()

    @classmethod
    def of(cls, tellings: Iterable[Telling]) -> Heard:
        """Those of any statements, each read for what it bears on."""
        return cls.sorted((telling, bearing(telling.statement)) for telling in tellings)

    @classmethod
    def sorted(cls, told: Iterable[tuple[Telling, Iterable[str]]]) -> Heard:
        """The same where it is known."""
        found: dict[str, list[Telling]] = {UNDERTAKES: [], TELLS: [], ANSWERS: []}
        for telling, bears in told:
            for on in bears:
                found[on].append(telling)
        return cls(*map(tuple, found.values()))


def bearing(statement: Statement) -> tuple[str, ...]:
    """Which of `UNDERTAKES`, `TELLS` and `ANSWERS` a statement may do, in whatever dyad; none for most."""
    text, cue = statement.content.text, statement.cue.text if statement.cue else ""
    found = []
    if statement.side is not None and any(True for _ in of_statement(text, cue, statement.side, statement.form)):
        found.append(UNDERTAKES)
    if tells_deed(statement):
        found.append(TELLS)
    if read_passage(text).named or DENIES.search(f"{cue} {text}") or LEFT.search(text):
        found.append(ANSWERS)
    return tuple(found)
