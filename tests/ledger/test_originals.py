"""A ledger does not depend on the order in which its texts came, nor on how many came at once."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from detente.coding import Coder
from detente.ledger import NOUNS, add, forget, query, refresh, table, writing
from detente.records import Document


def file_runs(path: Path, runs: Iterable[Sequence[Document]], coder: Coder) -> None:
    """File in several runs, as on several days."""
    for documents in runs:
        for _ in add(path, documents, coder, on_error=pytest.fail):
            pass
        refresh(path)


def everything(path: Path) -> dict[str, pa.Table]:
    # `as_of` tells of the last run that had something on the dyad.
    return {noun: table(path, noun) for noun in NOUNS if noun not in ("channels", "commitments")}


@pytest.fixture(scope="module")
def tales(stories: tuple[Document, ...]) -> tuple[Document, ...]:
    """The stories, an earlier paper that had the first of them, and one without a day."""
    early = replace(
        stories[0],
        id="k0",
        published=date(2024, 5, 14),
        text="Uganda recalled its ambassador from Rwanda. " + stories[0].text.replace("maize", "sugar"),
    )
    return (*stories, early, replace(stories[0], id="k9", published=None, title=None))


def test_the_order_of_filing_does_not_show(tmp_path: Path, tales: tuple[Document, ...], coder: Coder) -> None:
    wanted = tmp_path / "wanted.duckdb"
    file_runs(wanted, [sorted(tales, key=lambda one: (one.published or date.max, one.id))], coder)
    of = dict(query(wanted, "SELECT id, reprint_of FROM v_documents")[1])
    assert (of["k0"], of["k1"], of["k2"], of["k9"], of["n1"]) == (None, "k0", "k0", "k0", None)
    rng = random.Random(5)
    for number in range(6):
        mixed = rng.sample(tales, len(tales))
        cut = rng.randrange(len(tales))
        path = tmp_path / f"{number}.duckdb"
        file_runs(path, [[one] for one in mixed] if number % 2 else [mixed[:cut], mixed[cut:]], coder)
        assert everything(path) == everything(wanted), [one.id for one in mixed]


def test_of_a_chain_of_likenesses_the_first_stays_the_original(tmp_path: Path, coder: Coder) -> None:
    """b reprints a, so that c, which is like b and not like a, has no original left, until d."""
    rng = random.Random(3)
    words = [f"w{rng.randrange(100_000)}" for _ in range(300)]
    pieces = {"a": words[0:200], "b": words[40:240], "c": words[80:280], "d": words[90:290]}
    chain = [
        Document(" ".join(piece), id, None, date(2024, 1, 1 + number))
        for number, (id, piece) in enumerate(pieces.items())
    ]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 1, 3, 0], [1, 3, 0, 2]):
        path = tmp_path / f"{order}.duckdb"
        file_runs(path, [[chain[number]] for number in order], coder)
        of = dict(query(path, "SELECT id, reprint_of FROM v_documents")[1])
        assert of == {"a": None, "b": "a", "c": None, "d": "c"}, order


def test_a_reprint_that_comes_another_day_is_named(tmp_path: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    path = tmp_path / "l.duckdb"
    file_runs(path, [stories[:2], [stories[2]]], coder)
    named = "SELECT count(*) FROM v_episodes WHERE list_contains(documents, 'k2')"
    assert query(path, named)[1] != [(0,)]
    with writing(path) as connection:
        forget(connection, "k2")
    refresh(path)
    assert query(path, named)[1] == [(0,)]
