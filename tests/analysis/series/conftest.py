"""Rows and documents as the ledger gives them, of our own making."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from detente.ledger.deeds import COVERAGE, SCHEMA
from detente.ontology import load_ontology

Make = Callable[..., pa.Table]


@pytest.fixture(scope="session")
def make_rows() -> Make:
    """A table of `deeds.SCHEMA` of rows that give what differs from a plain one, in the order of the ledger."""

    def made(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        ontology = load_ontology()
        whole = []
        for number, row in enumerate(rows):
            plain = {"first": "NOR", "second": "SWE", "id": f"ep-{number:04}", "type": "CONSULT", "mode": None}
            plain |= {"forward": True, "backward": False, "confidence": 1.0, "told": 1, "lead": f"doc-{number:04}"}
            one = plain | dict(row)
            one = {"end": one["start"], "quad": ontology.quad(one["type"])} | one
            whole.append({"score": ontology.score(one["type"], one["mode"])} | one)
        whole.sort(key=lambda one: (one["first"], one["second"], one["start"] or date.max, one["id"]))
        return pa.Table.from_pylist(whole, SCHEMA)

    return made


@pytest.fixture(scope="session")
def make_documents() -> Make:
    """A table of `deeds.COVERAGE`: one document a day from one day to another, but for some; all tell of the dyad."""

    def made(since: date, until: date, but: Iterable[date] = ()) -> pa.Table:
        every = [since + timedelta(days=number) for number in range((until - since).days + 1)]
        days = [day for day in every if day not in set(but)]
        rows = [(*dyad, day, 1) for dyad in ((None, None), ("NOR", "SWE")) for day in days]
        return pa.Table.from_pylist([dict(zip(COVERAGE.names, row, strict=True)) for row in rows], COVERAGE)

    return made
