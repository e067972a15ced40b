"""What is written reads back; what is not writable never breaks reading."""

from __future__ import annotations

import csv
import gzip
import json
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.reading import ReadOptions, parse_date, read_paths
from detente.reading.documents import nested_too_deep

OPTIONS = ReadOptions(published=date(2023, 6, 19))
# Control characters make a file look binary.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\"',;")
TEXTS = st.lists(
    st.text(CHARACTERS, min_size=1).filter(lambda text: text.strip() and not nested_too_deep(text)),
    min_size=1,
    max_size=5,
)


def write(path: Path, texts: list[str]) -> None:
    if ".jsonl" in path.name:
        data = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts).encode()
        if path.suffix == ".gz":
            data = gzip.compress(data)
        elif path.suffix == ".zst":
            data = zstandard.compress(data)
        path.write_bytes(data)
    elif path.suffix == ".parquet":
        pq.write_table(pa.table({"text": texts}), path)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["id", "text"], *enumerate(texts)])


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "parquet"])
@settings(max_examples=40)
@given(texts=TEXTS)
def test_texts_read_back_as_they_were(ending: str, texts: list[str]) -> None:
    errors: list[InputError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ending}"
        write(path, texts)
        documents = list(read_paths([str(path)], OPTIONS, on_error=errors.append, on_note=lambda _: None))
    assert not errors
    assert [document.text for document in documents] == texts


STARTS = st.sampled_from(
    [b"", b"%PDF", b"PAR1", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{", b"[{", b"---\na: ", b"<html><p>", b"id,text\n",
     b"\xef\xbb\xbf", b"\xff\xfe", b'{"text": "']
)  # fmt: skip
NAMES = st.sampled_from(
    ["a", "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.txt.gz", "a.jsonl.zst"]
)


@settings(max_examples=300)
@given(name=NAMES, start=STARTS, rest=st.binary(max_size=200))
@example(name="a", start=b"", rest=b"\x00\r\x00")
@example(name="a.csv", start=b"", rest=b"\x00\r\x00")
def test_no_bytes_raise_anything(name: str, start: bytes, rest: bytes) -> None:
    errors: list[InputError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(start + rest)
        documents = list(read_paths([str(path)], OPTIONS, on_error=errors.append, on_note=lambda _: None))
    assert documents or errors or name.endswith((".jsonl", ".csv", ".tsv")) or start
    assert all("\n" not in str(error) and str(path) in str(error) for error in errors)
    assert all(document.text.strip() for document in documents)


@given(st.dates())
def test_dates_read_back_in_every_form(day: date) -> None:
    iso = day.isoformat()
    month = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"][day.month - 1]
    year = f"{day.year:04}"
    assert parse_date(iso) == parse_date(f"{iso}T10:00:00+02:00") == parse_date(iso.replace("-", "/")) == day
    assert parse_date(f"{month}. {day.day}, {year}") == parse_date(f"Monday, {month} {day.day}, {year}") == day
    assert parse_date(f"{day.day} {month.upper()} {year}") == day


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("03/04/2023", "day/month or month/day"),
        ("3.4.23", "two-digit year"),
        ("2023-02-30", "no such day"),
        ("1687132800", "not a date"),
        ("soon", "not a date"),
    ],
)
def test_dates_that_could_mean_two_things_are_refused(written: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_date(written)


def test_dates_with_one_reading_are_taken() -> None:
    assert parse_date("19/06/2023") == parse_date("06/19/2023") == parse_date("19.06.2023") == date(2023, 6, 19)
    assert parse_date("Mon, 19 Jun 2023 10:00:00 GMT") == date(2023, 6, 19)
