"""The demo corpus and its marking hang together: phrases stand in their documents, ids are unique, dates are dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.reading.options import ReadOptions
from detente.reading.read import read_paths
from detente.records import Document

HERE = Path(__file__).parents[2] / "examples" / "us-china-2023"
STATES = {"open", "kept", "lapsed", "contradicted", "superseded"}


def gold(name: str) -> Any:
    return json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    errors: list[str] = []
    notes: list[str] = []
    path = str(HERE / "documents.jsonl")
    read = list(
        read_paths([path], ReadOptions(), on_error=lambda fault: errors.append(str(fault)), on_note=notes.append)
    )
    assert errors == notes == []
    found = {document.id: document for document in read}
    assert len(found) == len(read)
    return found


def phrases(value: Any) -> Iterator[tuple[str, str]]:
    """All (document, phrase) pairs, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from phrases(item)
    elif isinstance(value, dict):
        if "phrase" in value:
            yield value["document"], value["phrase"]
        for item in value.values():
            yield from phrases(item)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_documents_have_all_metadata_and_their_sources(documents: dict[str, Document]) -> None:
    assert len(documents) >= 30
    sources = (HERE / "README.md").read_text(encoding="utf-8")
    for name, document in documents.items():
        assert f"| `{name}` | " in sources
        assert document.title
        assert document.published is not None and date(2022, 8, 5) <= document.published <= date(2023, 12, 31)
        assert document.kind in ("news", "readout", "statement")
        assert (document.issuer in ("USA", "CHN")) == (document.kind != "news")
        assert (document.publisher == "Own report") == (document.kind == "news")
        assert 80 <= len(document.text.split()) <= 330


@pytest.mark.parametrize("name", ["episodes", "commitments", "channels", "readouts"])
def test_every_marked_phrase_stands_once_in_its_document(documents: dict[str, Document], name: str) -> None:
    found = list(phrases(gold(name)))
    assert found
    assert [pair for pair in found if documents[pair[0]].text.count(pair[1]) != 1] == []


def test_episodes(documents: dict[str, Document]) -> None:
    rows = gold("episodes")
    copies = {row["document"]: row["of"] for row in gold("reprints")}
    own = [row for row in rows if row["document"] not in copies]
    assert len(own) >= 150
    assert {row["document"] for row in rows} == set(documents)
    assert len({(row["document"], row["phrase"]) for row in rows}) == len(rows)
    marked = {(row["document"], row["phrase"]): row["episode"] for row in rows}
    for row in rows:
        if row["document"] in copies:
            assert marked[copies[row["document"]], row["phrase"]] == row["episode"]


def test_reprints_are_shorter_copies_under_another_title(documents: dict[str, Document]) -> None:
    for row in gold("reprints"):
        copy, original = documents[row["document"]], documents[row["of"]]
        assert original.text.startswith(copy.text) and len(copy.text) < len(original.text)
        assert copy.title != original.title


def test_contacts(documents: dict[str, Document]) -> None:
    rows = gold("contacts")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        first, last = (date.fromisoformat(day) for day in row["dates"])
        assert first <= last
        assert len(row["participants"]) >= 2
        assert row["documents"] and set(row["documents"]) <= set(documents)
        for name in row["documents"]:
            published = documents[name].published
            assert published is not None and first <= published
        for person in filter(None, (participant["person"] for participant in row["participants"])):
            assert any(set(person.split()) <= set(_words(documents[name].text)) for name in row["documents"])


def test_commitments_are_settled_by_later_evidence(documents: dict[str, Document]) -> None:
    rows = gold("commitments")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["state"] in STATES and set(row["also_state"]) <= STATES - {row["state"]}
        assert row["evidence"] and row["what"] and row["why"] and row["claimed_by"]
        told = min(documents[item["document"]].published or date.max for item in row["evidence"])
        if row["due"] is not None:
            start, end = (date.fromisoformat(day) for day in row["due"])
            assert start <= end
        assert (row["state"] == "open") == (row["settled_by"] is None) == (row["settled_on"] is None)
        if row["settled_by"]:
            settled = documents[row["settled_by"]["document"]].published
            assert settled is not None and told <= settled and date.fromisoformat(row["settled_on"]) <= settled


def test_channels_name_contacts_and_commitments() -> None:
    contacts = {row["id"]: row for row in gold("contacts")}
    commitments = {row["id"] for row in gold("commitments")}
    rows = gold("channels")
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row["planned"]) <= commitments
        if row["last_contact"]:
            assert contacts[row["last_contact"]]["dates"][1] == row["last_date"]
        assert (row["state"] in ("agreed", "suspended")) == (row["last_contact"] is None)


def test_readouts_are_of_the_side_that_they_are_given_to(documents: dict[str, Document]) -> None:
    for row in gold("readouts"):
        for side, names in row["readouts"].items():
            assert all(documents[name].issuer == side for name in names)
        for claim in row["only_one"]:
            assert {item["document"] for item in claim["evidence"]} <= set(row["readouts"][claim["side"]])
        for shared in row["both"]:
            for side in ("USA", "CHN"):
                assert {item["document"] for item in shared[side]} <= set(row["readouts"][side])
