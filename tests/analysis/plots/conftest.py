"""A ledger of short texts of our own, filed by the real coder: two neighbours from January to June 2024, nothing filed
in April, with a channel that is shut, a visit that is called off, one to come, and a publisher of ill will."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.analysis.plots import Plot, make_plot
from detente.coding import Coder
from detente.errors import InputError
from detente.ledger import add, refresh
from detente.records import Document

# Ends the element it stands in, turns the direction of reading, commands a terminal, and does not end.
HOSTILE = "</script><script>alert(1)</script>\u202e\x1b[31m" + "Gazette " * 1300
TEXTS = (
    (
        date(2024, 1, 16),
        "Norwegian Foreign Minister Espen Barth Eide met Swedish Foreign Minister Tobias Billström in Oslo on 15 "
        "January 2024. Eide said that lower quotas for cod would ruin the fishing towns of northern Norway. Billström "
        "said that Sweden stands by Norway in the defence of the north.",
    ),
    (
        date(2024, 1, 24),
        "Foreign Minister Tobias Billström telephoned his Norwegian counterpart Espen Barth Eide on 23 January 2024. "
        "Sweden and Norway signed a treaty on railways.",
    ),
    (
        date(2024, 2, 13),
        "Sweden expelled two Norwegian diplomats on 12 February 2024. Norway condemned the expulsion. Sweden suspended "
        "military talks with Norway on 13 February 2024.",
    ),
    (
        date(2024, 2, 21),
        "Norway imposed sanctions on Sweden on 20 February 2024. Norway threatened to close the border to Swedish "
        "trains. Billström called off a visit to Oslo planned for 25 February 2024.",
    ),
    (
        date(2024, 3, 5),
        "Norway banned Swedish trucks on 4 March 2024. Sweden accused Norway of breaking the treaty.",
    ),
    (
        date(2024, 5, 7),
        "Prime Minister Jonas Gahr Støre met Swedish Prime Minister Ulf Kristersson in Stockholm on 6 May 2024. "
        "Norway and Sweden agreed to lift the ban. Kristersson will visit Oslo on 20 August 2024, the two sides said.",
    ),
    (
        date(2024, 6, 4),
        "Eide arrived in Stockholm on 3 June 2024 and held talks with Billström. Sweden thanked Norway for its help. "
        "Finland and Sweden held talks in Helsinki on 2 June 2024.",
    ),
    (date(2024, 6, 12), "Norway sent aid to Sweden on 11 June 2024. Denmark condemned Russia on Tuesday."),
)
DOCUMENTS = tuple(
    Document(text, f"n{number}", f"News {number}", day, HOSTILE if number == 3 else "Agency")
    for number, (day, text) in enumerate(TEXTS, 1)
)
NORDIC = ("NOR", "SWE")


def _raise(fault: InputError) -> None:
    raise fault


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    path = tmp_path_factory.mktemp("plots") / "nordic.duckdb"
    list(add(path, DOCUMENTS, coder, on_error=_raise))
    refresh(path)
    return path


@pytest.fixture(scope="session")
def plots(ledger: Path) -> dict[str, Plot]:
    """Every kind of plot, made once."""
    asked = {"series": NORDIC, "contacts": NORDIC, "issues": NORDIC, "network": (), "map": ()}
    return {kind: make_plot(kind, ledger, countries) for kind, countries in asked.items()}
