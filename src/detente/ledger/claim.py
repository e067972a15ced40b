"""One telling of an undertaking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.ledger.passages import Passage
from detente.records import Actor

JOURNEY: Final = re.compile(r"\b(?:visit|travel|trip|journey|go|come|fly|tour)", re.IGNORECASE)

_THEMSELVES: Final = re.compile(
    r"^\W*(?:to )?(?:meet|speak|talk|visit|travel|stay in|keep in|remain in|schedule|arrange)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One telling of an undertaking.

    `record` is the id of the event or statement, `voice` the country whose own account or official says it (None: a
    reporter), `said` the words that undertake, `passage` what they are about. `meets`: it is to meet, visit or talk,
    `host` in which country. `abstains`: it is not to do something. `offices` are the ids of persons meant by their
    office alone, whose successors are meant as well.
    """

    record: str
    is_event: bool
    document: str
    start: int
    end: int
    episode: str
    kind: str
    by: tuple[Actor, ...]
    towards: tuple[Actor, ...]
    host: str | None
    words: str
    said: str
    passage: Passage
    issues: tuple[str, ...]
    made: date
    due: tuple[date | None, date | None]
    published: date
    voice: str | None
    confidence: float
    meets: bool = False
    abstains: bool = False
    offices: frozenset[str] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """Ids of the persons named."""
        return frozenset(a.id for a in (*self.by, *self.towards) if a.id.startswith("person:"))

    @property
    def themselves(self) -> bool:
        """Whether those named are the ones to meet; who agrees to hold talks may leave them to others."""
        return bool(self.people) and (self.kind != "agreement" or bool(_THEMSELVES.match(self.said)))

    @property
    def travellers(self) -> frozenset[str]:
        """Ids of the persons who are to travel to the host, where the undertaking is of a journey."""
        if self.kind != "invitation" and not (self.host and JOURNEY.search(self.words)):
            return frozenset()
        who = self.towards if self.kind == "invitation" else (*self.by, *self.towards)
        return frozenset(a.id for a in who if a.id.startswith("person:") and a.country != self.host)
