"""Who met whom where the sentence does not name both: other days, former ministers, groups, joint bodies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document

DAY = date(2024, 5, 14)
Contact = tuple[frozenset[str], date | None, str | None]


@pytest.fixture(scope="module")
def contacts() -> Callable[[str], set[Contact]]:
    coder = Coder()

    def told(text: str) -> set[Contact]:
        events = coder.code(Document(text, published=DAY, kind="news")).events
        return {
            (
                frozenset(p.actor.name for p in (*e.actors, *e.recipients)),
                e.date.start if e.date else None,
                e.place.name if e.place else None,
            )
            for e in events
            if e.type == "CONSULT"
        }

    return told


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Olaf Scholz met Emmanuel Macron in Paris on Monday and Giorgia Meloni in Rome on Tuesday.",
            {
                (frozenset({"Olaf Scholz", "Emmanuel Macron"}), date(2024, 5, 13), "Paris"),
                (frozenset({"Olaf Scholz", "Giorgia Meloni"}), date(2024, 5, 14), "Rome"),
            },
        ),
        (
            "Annalena Baerbock spoke with Antony Blinken on Friday and with David Cameron on Saturday.",
            {
                (frozenset({"Annalena Baerbock", "Antony Blinken"}), date(2024, 5, 10), None),
                (frozenset({"Annalena Baerbock", "David Cameron"}), date(2024, 5, 11), None),
            },
        ),
        (
            "Norway's foreign minister Espen Barth Eide met Antony Blinken in Washington on Thursday and, a day later, "
            "Melanie Joly in Ottawa.",
            {
                (frozenset({"Espen Barth Eide", "Antony Blinken"}), date(2024, 5, 9), "Washington"),
                (frozenset({"Espen Barth Eide", "Mélanie Joly"}), date(2024, 5, 10), "Ottawa"),
            },
        ),
        # The second name is of the state of the first: it is the same visitor that both see.
        (
            "Wang Yi had seen Janet Yellen on Wednesday, Premier Li Qiang on Friday.",
            {
                (frozenset({"Wang Yi", "Janet Yellen"}), date(2024, 5, 8), None),
                (frozenset({"Li Qiang", "Janet Yellen"}), date(2024, 5, 10), None),
            },
        ),
        ("Blinken met Wang Yi on Monday, Biden said on Tuesday.",
         {(frozenset({"Antony Blinken", "Wang Yi"}), date(2024, 5, 13), None)}),
        ("Olaf Scholz met Emmanuel Macron on Monday, the chancellor's birthday.",
         {(frozenset({"Olaf Scholz", "Emmanuel Macron"}), date(2024, 5, 13), None)}),
    ],
)  # fmt: skip
def test_people_met_on_different_days_are_met_apart(
    contacts: Callable[[str], set[Contact]], text: str, wanted: set[Contact]
) -> None:
    assert contacts(text) == wanted


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Angela Merkel gave a talk. The former chancellor met Prime Minister Fumio Kishida on Monday.",
         {"Angela Merkel", "Fumio Kishida"}),
        ("Antony Blinken is in Kyiv. Volodymyr Zelensky received the visitor on Monday.",
         {"Antony Blinken", "Volodymyr Zelenskyy"}),
        ("Spanish senators went to Oslo. The senators met Foreign Minister Espen Barth Eide.",
         {"Spanish senators", "Espen Barth Eide"}),
        ("Japan and South Korea have talked before. Diplomats from both countries met in Busan on Friday.",
         {"Japan", "South Korea"}),
        ("Negotiators from India and Pakistan sat down in Dubai on Sunday.", {"India", "Pakistan"}),
        ("Norway and Russia share a border. Norway and Russia disagree. The joint fisheries commission met on Monday.",
         {"Norway", "Russia"}),
        ("Peru blamed Chile. Chile denied it. The joint working group held its first meeting on Monday.",
         {"Peru", "Chile"}),
        ("John Healy, the Irish ambassador, met on Monday with Yang Bo, head of a department at the foreign ministry "
         "in Beijing.", {"John Healy", "Yang Bo"}),
    ],
)  # fmt: skip
def test_who_met(contacts: Callable[[str], set[Contact]], text: str, who: set[str]) -> None:
    assert who in [set(names) for names, _, _ in contacts(text)]


@pytest.mark.parametrize(
    "text",
    [
        # Three states are spoken of alike: whose commission it is nobody tells.
        "Finland, Norway and Russia disagree on crabs. Finland, Norway and Russia share a border. "
        "The joint fisheries commission met in Bodo on Monday.",
        # Whoever holds the office now is not meant, and no former one was named.
        "Germany votes. The former chancellor met the players in Bonn on Monday.",
    ],
)
def test_no_contact(contacts: Callable[[str], set[Contact]], text: str) -> None:
    assert not contacts(text)
