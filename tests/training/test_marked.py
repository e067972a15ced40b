"""Answers that a reader gave to sentences of real documents: every row finds its sentence, and a broken one is told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError
from training.relation.gather import MARKED, MARKED_COLUMNS, marked


def _rows() -> list[dict[str, str]]:
    with MARKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def found(shared: Path) -> list[dict[str, Any]]:
    return list(marked(shared))


def test_every_row_finds_its_sentence_and_marks_whole_words_in_it(found: list[dict[str, Any]]) -> None:
    assert len(found) == len(_rows()) > 900
    for one in found:
        text = one["text"]
        for name in ("actor", "recipient", "trigger"):
            start, end = one[name]
            held = text[start:end]
            assert held == held.strip() != "", (text, held)
            assert not text[start - 1 : start].isalnum(), (text, held)
            assert not text[end : end + 1].isalnum(), (text, held)


def test_no_question_is_asked_twice_and_what_is_no_event_has_no_direction(found: list[dict[str, Any]]) -> None:
    asked = Counter((one["text"], *(one[name] for name in ("actor", "recipient", "trigger"))) for one in found)
    assert [question for question, times in asked.items() if times > 1] == []
    assert [one["text"] for one in found if (one["type"] == "NONE") != (one["direction"] == "none")] == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("document", "0123456789ab"),
        ("source", "gazette"),
        ("actor", "5-5"),
        ("trigger", "0-9999"),
        ("recipient", "first"),
        ("type", "FRIENDSHIP"),
        ("direction", "sideways"),
        ("status", "occurred"),
    ],
)
def test_a_broken_row_is_told_with_file_and_line(tmp_path: Path, shared: Path, column: str, value: str) -> None:
    table = tmp_path / "own.tsv"
    good, bad = (_rows()[0] for _ in range(2))
    bad[column] = value
    lines = ("\t".join(row[name] for name in MARKED_COLUMNS) for row in (good, bad))
    table.write_text("\n".join(["\t".join(MARKED_COLUMNS), *lines]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(marked(shared, table))
    assert str(table) in str(caught.value)
    assert "line 3" in str(caught.value)
