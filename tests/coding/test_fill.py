"""What the relation model adds to the rules in a document, and what it takes away."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.errors import OptionError
from detente.records import Document, Event


@pytest.fixture(scope="module")
def both() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def rules() -> Coder:
    return Coder(relation="rules")


def events(coder: Coder, text: str) -> list[Event]:
    return list(coder.code(Document(text, published=date(2022, 5, 4))).events)


def told(found: list[Event]) -> set[tuple[str, str, str]]:
    return {
        (event.type, event.actors[0].actor.country or "", other.actor.country or "")
        for event in found
        for other in event.recipients or event.actors[1:]
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ankara denounced the raid and summoned Greece’s ambassador.", ("ACCUSE", "TUR", "GRC")),
        ("Morocco denounced the vote and accused Spain of bad faith.", ("ACCUSE", "MAR", "ESP")),
    ],
)
def test_the_other_side_is_found_in_the_next_clause(
    both: Coder, rules: Coder, text: str, kind: tuple[str, str, str]
) -> None:
    assert kind not in told([event for event in events(rules, text) if event.trigger.start < 20])
    assert kind in told([event for event in events(both, text) if event.trigger.start < 20])


def test_a_side_is_not_made_up_where_nobody_stands_in_the_relation(both: Coder) -> None:
    found = events(both, "Spain’s prime minister criticised the judges, a day after Poland’s had left for Madrid.")
    assert not any(event.type == "ACCUSE" and event.recipients for event in found)


def test_agreement_makes_sure_and_the_reason_is_told(both: Coder) -> None:
    (event,) = events(both, "Kenya expelled two Sudanese diplomats on Monday.")
    assert event.type == "SANCTION"
    assert event.confidence > 0.75
    assert "/rules+relation-1-" in both.name


def test_documents_do_not_depend_on_what_is_coded_beside_them(both: Coder) -> None:
    texts = [
        "Kenya expelled two Sudanese diplomats on Monday.",
        "Chile lent Peru three helicopters. Peru thanked Chile.",
    ]
    together = [coded.events for coded in both.code_many(Document(text, published=date(2022, 5, 4)) for text in texts)]
    assert together == [tuple(events(both, text)) for text in texts]


def test_an_unknown_say_is_refused() -> None:
    with pytest.raises(OptionError, match="relation 'ensemble' is none of both, rules, model"):
        Coder(relation="ensemble")


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Hakan Fidan of Turkey praised the release. Prosecutors in Oslo had charged that he carried "
        "the explosives to Europe.",
        "President Ruto of Kenya spoke to reporters. A Norwegian court had charged that he broke the ban.",
    ],
)
def test_the_model_gives_no_side_to_a_pronoun(both: Coder, text: str) -> None:
    """Who "he" is was guessed already."""
    assert not [event for event in events(both, text) if event.type == "ACCUSE"]
