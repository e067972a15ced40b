"""Each sort of bad input gives its one clear error, and what is good beside it is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from detente.errors import InputError
from detente.reading import ReadOptions, read_paths
from detente.records import Document

GOOD = "The envoys of Norway and Peru met on Monday in Oslo."
DATED = ReadOptions(published=date(2023, 6, 19))


def read(*paths: Path, options: ReadOptions = DATED) -> tuple[list[Document], list[InputError], list[str]]:
    errors: list[InputError] = []
    notes: list[str] = []
    documents = read_paths([str(path) for path in paths], options, on_error=errors.append, on_note=notes.append)
    return list(documents), errors, notes


def _html(body: str) -> bytes:
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t", "empty but for white space"),
        ("page.pdf.txt", b"%PDF-1.7\n\x00\x01\x02", "PDF"),
        ("photo.txt", bytes(range(256)) * 8, "binary"),
        ("broken.txt", b"The envoys \xff\xfe met \xc3\x28 in \x80\x81 Oslo.", "invalid UTF-8 at byte 12"),
        ("stray.txt", ("They “met” – it’s so. " * 20).encode() + b"\xff", "invalid UTF-8"),
        ("no.html", _html("<script>let a = 1</script>"), "no text"),
        ("no.csv", b"who,when\nA,2023-01-01\n", "columns there: who, when"),
        ("cut.txt.gz", gzip.compress(GOOD.encode() * 50)[:-9], "truncated"),
        ("cut.txt.zst", zstandard.compress(GOOD.encode() * 50)[:-5], "truncated"),
        ("bad.txt.gz", gzip.compress(GOOD.encode())[:-8] + bytes(8), "damaged"),
        ("not.parquet", b"some text", "not Parquet"),
        ("cut.parquet", b"PAR1 and no more", "Parquet that cannot be read"),
        ("curly.txt", ("He said " + "“" * 10_000 + "yes" + "”" * 10_000).encode(), "nested"),
        ("straight.txt", b"He said " + b'"' * 10_000, "nested"),
        ("quotes.md", b"> " * 10_000 + b"yes", "nested"),
        ("filler.jsonl", json.dumps({"text": GOOD, "published": "9999-12-31"}).encode(), "from 1500 to 2999"),
        ("rows.json", b'[{"who": "A"}, {"when": "2023-01-01"}, 7]', "columns there: who, when"),
        ("deep.json", b"[" * 20_000 + b"]" * 20_000, "nested"),
        ("half.json", b'{"text": "a', "not JSON"),
        ("front.md", b"---\ntitle: [a\n---\n" + GOOD.encode(), "front matter"),
        ("front_date.md", b"---\npublished: 03/04/2023\n---\n" + GOOD.encode(), "day/month or month/day"),
    ],
)
def test_one_bad_file_gives_one_error_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(content)
    good.write_text(GOOD)
    documents, errors, _ = read(bad, good)
    assert [document.text for document in documents] == [GOOD]
    assert len(errors) == 1
    assert says in str(errors[0])
    assert str(errors[0]).startswith(str(bad))
    assert "\n" not in str(errors[0])


def test_deeply_nested_quotations_in_a_page_are_one_error(tmp_path: Path) -> None:
    page = tmp_path / "deep.html"
    page.write_bytes(_html("<blockquote>" * 10_000 + GOOD + "</blockquote>" * 10_000))
    documents, errors, _ = read(page)
    assert len(documents) + len(errors) == 1


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    documents, errors, _ = read(tmp_path / "nowhere.txt")
    assert not documents
    assert "no such file" in str(errors[0])


def test_a_text_given_as_a_path_is_an_error() -> None:
    _, errors, _ = read(Path(GOOD * 100))
    assert "cannot be opened" in str(errors[0])
    assert len(errors) == 1


def test_folder_without_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"x")
    _, errors, _ = read(tmp_path)
    assert "no file of a known format" in str(errors[0])


def test_undated_text_is_an_error_unless_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    documents, errors, _ = read(path, options=ReadOptions())
    assert not documents
    assert "no publication date" in str(errors[0])
    documents, errors, _ = read(path, options=ReadOptions(allow_undated=True))
    assert documents[0].published is None
    assert not errors


@pytest.mark.parametrize("ending", ["jsonl", "csv", "txt"])
def test_a_line_of_50_mb_is_refused_without_reading_it_whole(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"long.{ending}"
    start = {"jsonl": '{"text": "', "csv": "text,id\n", "txt": ""}[ending]
    with path.open("w") as file:
        file.write(start)
        for _ in range(50):
            file.write("word " * 200_000)
        file.write('"}\n' if ending == "jsonl" else ",1\n")
        if ending == "jsonl":
            file.write(json.dumps({"text": GOOD}))
    documents, errors, _ = read(path)
    assert len(errors) == 1
    assert "more than 10,000,000" in str(errors[0])
    assert [document.text for document in documents] == ([GOOD] if ending == "jsonl" else [])


def test_a_text_over_the_limit_is_refused_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": "x" * size}) for size in (101, 100)))
    documents, errors, _ = read(path, options=ReadOptions(published=date(2023, 1, 1), max_document=100))
    assert [len(document.text) for document in documents] == [100]
    assert "line 1: a text of 101 characters" in str(errors[0])


def test_bad_json_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": GOOD}).encode()
    lines = [good, b"{bad", good, b"[1]", b'{"text": 5}', b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"", good]
    path.write_bytes(b"\n".join(lines))
    documents, errors, _ = read(path)
    assert len(documents) == 3
    assert [error.where for error in errors] == ["line 2", "line 4", "line 5", "line 6", "line 7"]


@pytest.mark.parametrize(
    ("ending", "pack"),
    [("gz", gzip.compress), ("zst", zstandard.compress)],
)
def test_lines_before_the_cut_are_read(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    # Numbers that do not repeat keep the packed lines long enough to be cut in the middle.
    lines = [json.dumps({"text": f"{GOOD} {number * 7919 % 100_003}"}) for number in range(50_000)]
    data = pack("\n".join(lines).encode())
    path = tmp_path / f"cut.jsonl.{ending}"
    path.write_bytes(data[: len(data) // 2])
    documents, errors, _ = read(path)
    assert 1_000 < len(documents) < 49_000
    assert len(errors) == 1
    assert "truncated" in str(errors[0])


PACKERS = [("gz", gzip.compress), ("zst", zstandard.compress)]


@pytest.mark.parametrize(("ending", "pack"), PACKERS)
@pytest.mark.parametrize("kind", ["txt", "html", "jsonl", "csv", "parquet"])
def test_a_small_file_that_grows_out_of_all_proportion_is_refused(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], kind: str
) -> None:
    line = {"jsonl": json.dumps({"text": ""}), "csv": "text,id\n", "parquet": "PAR1"}.get(kind, "")
    path = tmp_path / f"bomb.{kind}.{ending}"
    path.write_bytes(pack((line + " \n" * 5_000_000).encode()))
    documents, errors, _ = read(path)
    assert documents == []
    assert "unpacks to more than 500 times its size" in str(errors[-1])


@pytest.mark.parametrize(("ending", "pack"), PACKERS)
def test_a_packed_file_grows_no_further_than_allowed(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    lines = [json.dumps({"text": f"{GOOD} {number * 7919 % 100_003}"}) for number in range(1_000)]
    path = tmp_path / f"a.jsonl.{ending}"
    data = "\n".join(lines).encode()
    path.write_bytes(pack(data))
    whole, errors, _ = read(path, options=ReadOptions(published=date(2023, 1, 1), max_unpacked=len(data)))
    assert (len(whole), errors) == (1_000, [])
    _, errors, _ = read(path, options=ReadOptions(published=date(2023, 1, 1), max_unpacked=len(data) - 1))
    assert f"unpacks to more than {len(data) - 1:,} bytes" in str(errors[0])


def test_a_table_that_says_a_thing_a_million_times_in_a_few_bytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    pq.write_table(pa.table({"text": ["a" * 20_000_000] * 64}), path, compression="zstd")
    assert path.stat().st_size < 10_000
    documents, errors, _ = read(path)
    assert documents == []
    assert ["unpacks to more than 500 times" in str(error) for error in errors] == [True]


def test_aliases_that_multiply_in_a_front_matter_are_refused(tmp_path: Path) -> None:
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    path = tmp_path / "a.md"
    path.write_text("\n".join(["---", "a0: &a0 [ha]", *layers, "title: *a11", "---", GOOD]))
    documents, errors, _ = read(path)
    assert documents == []
    assert "the title is no string but list" in str(errors[0])


def test_entities_of_a_web_page_come_to_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE html [<!ENTITY e0 "ha">{layers}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.xhtml"
    path.write_text(f'<?xml version="1.0"?>{head}<html><body><article><p>{GOOD} &e11; &f;</p></article></body></html>')
    documents, errors, _ = read(path)
    assert errors == []
    assert "secret" not in documents[0].text and len(documents[0].text) < 2 * len(GOOD) + 50


def test_csv_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,one\n2,two,three\n3,three\n")
    documents, errors, _ = read(path)
    assert [document.id for document in documents] == ["1", "3"]
    assert "line 3: 3 cells where the first row has 2" in str(errors[0])
