from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from detente.coding import Coder
from detente.ledger import add, refresh
from detente.records import Document

# How long an example takes is no matter of a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data folder beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared (gold data), which is not here")
    return SHARED


# Day of publication and text: two relations over half a year, of which May has no document.
_NEWS = (
    (
        "2024-01-10",
        "Norwegian Foreign Minister Espen Barth Eide met his Russian counterpart Sergey Lavrov in Oslo on Tuesday.",
    ),
    ("2024-01-23", "Norway and Russia signed an agreement on fishing in the Barents Sea on Monday."),
    ("2024-02-14", "Norway expelled two Russian diplomats on Tuesday. Russia condemned the decision on Wednesday."),
    ("2024-02-21", "Russia expelled two Norwegian diplomats on Tuesday. Norway rejected the accusations."),
    ("2024-03-05", "Norway imposed sanctions on Russia on Monday. Russia accused Norway of hostile acts."),
    ("2024-04-17", "Kenya and Uganda signed a pipeline agreement on Tuesday. Kenya thanked Uganda."),
    ("2024-06-12", "Russia threatened Norway with countermeasures on Tuesday. Norway protested against the threat."),
    ("2024-06-19", "The Norwegian foreign minister held talks with the Russian ambassador in Oslo on Tuesday."),
)


@pytest.fixture(scope="session")
def news() -> tuple[Document, ...]:
    """Short texts of our own on Norway and Russia, and one on Kenya and Uganda."""
    return tuple(
        Document(text, f"n{number}", None, date.fromisoformat(day), "Agency", url=f"https://agency.example/{number}")
        for number, (day, text) in enumerate(_NEWS, start=1)
    )


@pytest.fixture(scope="session")
def news_file(news: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    names = ("id", "text", "publisher", "url")
    rows = [{name: getattr(one, name) for name in names} | {"published": str(one.published)} for one in news]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def coder_of_news() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def filed_news(news: tuple[Document, ...], coder_of_news: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of them, to be read only."""
    path = tmp_path_factory.mktemp("filed") / "relations.duckdb"
    for _ in add(path, news, coder_of_news, on_error=pytest.fail):
        pass
    refresh(path)
    return path
