"""A coder for all tests of the ledger, and short texts of our own to file."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def stories() -> tuple[Document, ...]:
    """Texts on two dyads; the third reprints the first with another headline and without its last sentence."""
    kenya = (
        "Kenyan President William Ruto met his Ugandan counterpart Yoweri Museveni in Kampala on Tuesday. The two "
        "leaders agreed to build an oil pipeline from Hoima to the coast. Ruto invited Museveni to visit Nairobi in "
        "June. Officials of both countries said that traders had waited for the accord for more than three years, "
        "since a quarrel over milk and maize closed the border for weeks and cost farmers on either side a harvest."
    )
    return (
        Document(kenya + " Uganda thanked Kenya.", "k1", "Ruto in Kampala", date(2024, 5, 15), "Agency"),
        Document(
            "Norway expelled two Russian diplomats on Monday. Russia condemned the decision and promised to answer it.",
            "n1",
            "Oslo sends envoys home",
            date(2024, 5, 14),
            "Agency",
        ),
        Document(kenya, "k2", "Leaders agree on pipeline", date(2024, 5, 16), "Morning Paper"),
        Document(
            "Museveni arrived in Nairobi on Friday and held talks with Ruto.",
            "k3",
            "Museveni visits Kenya",
            date(2024, 6, 22),
            "Agency",
        ),
    )
