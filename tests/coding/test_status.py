"""Nothing that only may happen counts as done."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.dates import find_dates
from detente.coding.parse import analyse
from detente.coding.status import StatusReading, status_of
from detente.records import STATUSES, Document

PUBLISHED = date(2024, 3, 13)


def read(text: str, trigger: str) -> StatusReading:
    analysis = analyse(Document(text, published=PUBLISHED))
    analysis.dates = find_dates(analysis)
    return status_of(analysis, next(token.i for token in analysis.doc if token.text == trigger))


VERBS = [
    ("Norway attacked the port.", "attacked", "happened"),
    ("Norway has attacked the port.", "attacked", "happened"),
    ("Norway is shelling the port.", "shelling", "ongoing"),
    ("Norway has been shelling the port.", "shelling", "ongoing"),
    ("Norway will attack the port.", "attack", "planned"),
    ("Norway is going to attack the port.", "attack", "planned"),
    ("Norway may attack the port.", "attack", "possible"),
    ("Norway did not attack the port.", "attack", "denied"),
    ("Norway never attacked the port.", "attacked", "denied"),
    ("Norway will not attack the port.", "attack", "denied"),
    ("If Norway attacks the port, Sweden will respond.", "attacks", "hypothetical"),
    ("If Norway attacks the port, Sweden will respond.", "respond", "hypothetical"),
    ("Norway would have attacked the port.", "attacked", "hypothetical"),
    ("Norway plans to visit Sweden.", "visit", "planned"),
    ("The king agreed to meet the envoy.", "meet", "planned"),
    ("The king hopes to meet the envoy.", "meet", "possible"),
    ("The king wants to meet the envoy.", "meet", "possible"),
    ("The king failed to meet the envoy.", "meet", "denied"),
    ("The king refused to meet the envoy.", "meet", "denied"),
    ("The king managed to meet the envoy.", "meet", "happened"),
    ("The king did not manage to meet the envoy.", "meet", "denied"),
    ("The king did not fail to meet the envoy.", "meet", "happened"),
    ("The king is expected to meet the envoy.", "meet", "planned"),
    ("The king is likely to meet the envoy.", "meet", "possible"),
    ("The king is expected in Oslo next week.", "expected", "planned"),
    ("The king has yet to meet the envoy.", "meet", "denied"),
    ("We would like to thank the crew.", "thank", "happened"),
    ("The king tried to meet the envoy.", "meet", "possible"),
    ("The troops began to withdraw.", "withdraw", "happened"),
    ("Norway urged Sweden to withdraw.", "withdraw", "hypothetical"),
    ("Norway called on Sweden to withdraw.", "withdraw", "hypothetical"),
    ("Norway demanded that Sweden withdraw its troops.", "withdraw", "hypothetical"),
    ("Norway threatened to attack the port.", "attack", "possible"),
    ("Norway vowed to attack the port.", "attack", "planned"),
    ("Norway denied attacking the port.", "attacking", "denied"),
    ("Norway denied that it attacked the port.", "attacked", "denied"),
    ("Norway said it attacked the port.", "attacked", "happened"),
    ("Norway said it would attack the port.", "attack", "planned"),
    ("It is unclear if Norway will attack the port.", "attack", "possible"),
    ("Sweden asked whether Norway attacked the port.", "attacked", "possible"),
    ("Did Norway attack the port?", "attack", "possible"),
    ("There are reports that Norway might attack the port.", "attack", "possible"),
    ("The king was originally set to visit Sweden until the storm came.", "visit", "cancelled"),
    ("Sweden scrapped plans to build a base.", "build", "cancelled"),
    ("The navy prevented the ship from leaving.", "leaving", "denied"),
    ("Norway regrets that it attacked the port.", "attacked", "happened"),
    ("Sweden does not know that Norway attacked the port.", "attacked", "happened"),
    ("Sweden does not believe that Norway attacked the port.", "attacked", "denied"),
    ("Norway was forced to withdraw.", "withdraw", "happened"),
    ("The king left without meeting the envoy.", "meeting", "denied"),
    ("Envoys held no talks.", "held", "denied"),
]
NOUNS = [
    ("It would be the first visit by a Greek minister to Chile.", "visit", "possible"),
    ("Peru had not made the atmosphere for talks with Chile.", "talks", "denied"),
    ("The ministers held talks.", "talks", "happened"),
    ("The ministers are holding talks.", "talks", "ongoing"),
    ("The ministers will hold talks.", "talks", "planned"),
    ("The ministers might hold talks.", "talks", "possible"),
    ("The ministers held no talks.", "talks", "denied"),
    ("No talks were held.", "talks", "denied"),
    ("The ministers called for talks.", "talks", "hypothetical"),
    ("Norway cancelled the visit.", "visit", "cancelled"),
    ("Norway called off the visit.", "visit", "cancelled"),
    ("The visit was postponed.", "visit", "cancelled"),
    ("The summit was scrapped.", "summit", "cancelled"),
    ("The press wrote about a possible visit.", "visit", "possible"),
    ("The press wrote about the planned visit.", "visit", "planned"),
    ("The press wrote about the cancelled visit.", "visit", "cancelled"),
    ("Norway announced a summit planned for May.", "summit", "planned"),
    ("Sweden rejected plans for a summit.", "summit", "planned"),
    ("The prospect of war alarmed Sweden.", "war", "possible"),
    ("The threat of an attack alarmed Sweden.", "attack", "possible"),
    ("The king left without talks.", "talks", "denied"),
    ("The treaty averted a war.", "war", "denied"),
    ("Sweden condemned the strike.", "strike", "happened"),
    ("Sweden will condemn the strike.", "strike", "happened"),
    ("The king spoke after talks in Oslo.", "talks", "happened"),
    ("The visit will begin on Friday.", "visit", "planned"),
    ("The talks are expected to begin on Friday.", "talks", "planned"),
    ("Norway denied the attack.", "attack", "denied"),
    ("Norway proposed a treaty.", "treaty", "possible"),
    ("The summit, scheduled for May, was called off.", "summit", "cancelled"),
    ("Norway will respond to any attack.", "attack", "hypothetical"),
    ("Sweden urged Norway to halt the strikes.", "strikes", "ongoing"),
    ("Sweden left because of the strikes.", "strikes", "happened"),
    ("Norway rejected the proposal.", "proposal", "happened"),
]


@pytest.mark.parametrize(("text", "trigger", "status"), VERBS)
def test_verbs(text: str, trigger: str, status: str) -> None:
    got = read(text, trigger)
    assert got.status == status, got.why


@pytest.mark.parametrize(("text", "trigger", "status"), NOUNS)
def test_event_nouns(text: str, trigger: str, status: str) -> None:
    got = read(text, trigger)
    assert got.status == status, got.why


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("The kings met in Oslo in 2019.", "met", "historical"),
        ("The kings met in Oslo last year.", "met", "historical"),
        ("The kings met in Oslo last week.", "met", "happened"),
        ("The kings did not meet in 2019.", "meet", "denied"),
        ("The king travels to Oslo on 2 April 2024.", "travels", "planned"),
    ],
)
def test_dates_tell_news_from_history(text: str, trigger: str, status: str) -> None:
    assert read(text, trigger).status == status


def test_every_reading_says_why() -> None:
    analysis = analyse(
        Document("If the king refuses to call off his planned visit, talks could fail, she said.", published=PUBLISHED)
    )
    for token in analysis.doc:
        reading = status_of(analysis, token.i)
        assert reading.status in STATUSES
        assert reading.why
        assert 0 < reading.confidence < 1
