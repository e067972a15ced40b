"""A pair of readouts of our own, loosely after the talks in Beijing on 18 June 2023, and how they are coded."""

from __future__ import annotations

from datetime import date
from functools import cache

from detente.analysis.passages import Account
from detente.coding.coder import Coder
from detente.records import Document

DAY = date(2023, 6, 18)

AMERICAN = """Secretary Blinken's meeting with the Chinese foreign minister

Secretary of State Antony Blinken met in Beijing today with China's State Councilor and Foreign Minister Qin Gang. \
The two had candid, substantive, and constructive talks.

The Secretary stressed that open channels of communication are needed to lower the risk of misperception and \
miscalculation. He said that the United States would always stand up for the interests and values of the American \
people. He raised fentanyl and asked China to act against the makers of precursor chemicals. The Secretary raised \
the cases of American citizens who are wrongfully detained in China.

The Secretary invited Foreign Minister Qin to Washington to go on with the discussions, and they agreed to fix a \
date that suits both. Both sides agreed to look at ways to increase the number of passenger flights between the two \
countries. The Secretary said that the United States does not seek a new Cold War.
"""

CHINESE = """Qin Gang holds talks with the US Secretary of State

State Councilor and Foreign Minister Qin Gang held talks in Beijing on June 18 with US Secretary of State Antony \
Blinken. The two sides had a candid, in-depth and constructive exchange of views on China-US relations.

Qin Gang said that China-US relations are at their lowest point since diplomatic ties were established. He stressed \
that the Taiwan question is the core of China's core interests and the most prominent risk. He urged the US side to \
abide by the one-China principle.

The US side said that it does not seek a new Cold War. Blinken said that the US does not support Taiwan independence. \
The US side promised to lift all tariffs on Chinese goods.

The two sides agreed to encourage more exchanges of students and scholars and to discuss more passenger flights \
between the two countries. Qin Gang said that China accepted the invitation to visit Washington at a \
time that suits both.
"""


@cache
def coder() -> Coder:
    return Coder(relation="rules")


@cache
def account(text: str, issuer: str, name: str) -> Account:
    coded = coder().code(Document(text, id=name, published=DAY, kind="readout", issuer=issuer))
    return Account(coded.analysis.issuer, coded.document, coded.events, coded.statements, coded.signals)


def american(text: str = AMERICAN) -> Account:
    return account(text, "USA", "us")


def chinese(text: str = CHINESE) -> Account:
    return account(text, "CHN", "cn")
