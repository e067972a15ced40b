"""What two states do together beyond words: links that run, grow or open, bodies set up, leave given to others."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def coded(coder: Coder, text: str) -> list[tuple[str, str, set[str | None]]]:
    """Type, status and countries of each event."""
    events = coder.code(Document(text, published=date(2023, 11, 10))).events
    return [(e.type, e.status, {p.actor.country for p in (*e.actors, *e.recipients)}) for e in events]


@pytest.mark.parametrize(
    ("text", "kind", "countries"),
    [
        ("Flights between Egypt and Turkey resumed on Sunday.", "COOPERATE", {"EGY", "TUR"}),
        ("Bus services between India and Pakistan restarted on Friday.", "COOPERATE", {"IND", "PAK"}),
        ("Passenger flights between Japan and China rose to 300 a week.", "COOPERATE", {"JPN", "CHN"}),
        ("China and India increased passenger flights to 48 a week.", "COOPERATE", {"CHN", "IND"}),
        ("Iran and Iraq opened a railway across the border.", "COOPERATE", {"IRN", "IRQ"}),
        ("Egypt and Turkey set up a joint working group.", "SUPPORT", {"EGY", "TUR"}),
        ("Greece and Turkey opened a hotline between their militaries.", "SUPPORT", {"GRC", "TUR"}),
        ("The India-Pakistan working group on trade met in Lahore on Friday.", "CONSULT", {"IND", "PAK"}),
        ("Peru let Chilean fishermen return to their boats.", "RETREAT", {"PER", "CHL"}),
    ],
)
def test_done_together(coder: Coder, text: str, kind: str, countries: set[str]) -> None:
    assert coded(coder, text) == [(kind, "happened", countries)]


def test_a_commitment_to_do_something_between_two_is_of_both(coder: Coder) -> None:
    text = "Both sides welcomed this. It includes a commitment to expand direct flights between Peru and Chile."
    assert ("AGREE", "happened", {"PER", "CHL"}) in coded(coder, text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers agreed to go on resolving issues between China and the United States.",
        "Blinken let Wang Yi know that he would wait.",
        "The roads between Peru and Chile grow longer.",
    ],
)
def test_no_journey_and_no_leave(coder: Coder, text: str) -> None:
    assert not any(kind in ("CONSULT", "RETREAT", "COOPERATE") for kind, _, _ in coded(coder, text))
