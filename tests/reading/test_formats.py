"""What is read from each format."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from detente.errors import InputError, OptionError
from detente.reading import ReadOptions, input_size, read_paths
from detente.records import Document

GOOD = "The envoys of Norway and Peru met on Monday in Oslo."
DAY = date(2023, 6, 19)
DATED = ReadOptions(published=DAY)

PAGE = f"""<!doctype html><html lang="en"><head><title>Envoys meet in Oslo</title>
<meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2023-06-19T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Envoys meet in Oslo</h1>
<p>{GOOD} They spoke of fish for an hour and more.</p><p>Both sides called the talks useful, and they will meet again
in the autumn, officials said.</p></article></body></html>"""


def read(path: Path | str, options: ReadOptions = DATED) -> tuple[list[Document], list[str]]:
    errors: list[InputError] = []
    notes: list[str] = []
    documents = list(read_paths([str(path)], options, on_error=errors.append, on_note=notes.append))
    assert errors == []
    return documents, notes


def test_plain_text_keeps_everything_but_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("One “line”.\r\n\r\nTwo\u00a0lines.\n".encode())
    (document,), notes = read(path)
    assert document.text == "One “line”.\n\nTwo\u00a0lines.\n"
    assert (document.published, document.kind, notes) == (DAY, "news", [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    text = "The café owner’s envoy met José in Málaga – and left."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (document,), notes = read(path)
    assert document.text == text
    assert bool(notes) == (encoding != "utf-8-sig")


def test_markdown_gives_its_front_matter_and_loses_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Envoys meet\ndate: 2023-06-18\nsource: The Daily Example\nissuer: Norway\nlanguage: en\n---\n"
        "## In *Oslo*\n\nThe **envoys** of [Norway](http://no.example) met.\n\n"
        "- One point\n- Two `points`\n\n> Quoted.\n"
    )
    (document,), _ = read(path)
    assert document.text == "Envoys meet\n\nIn Oslo\n\nThe envoys of Norway met.\n\nOne point\n\nTwo points\n\nQuoted."
    assert (document.title, document.published) == ("Envoys meet", date(2023, 6, 18))
    assert (document.publisher, document.issuer, document.language) == ("The Daily Example", "Norway", "en")


def test_markdown_title_is_not_told_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Envoys meet\n---\n# Envoys meet\n\nIn Oslo.")
    (document,), _ = read(path)
    assert document.text == "Envoys meet\n\nIn Oslo."


def test_web_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    (document,), notes = read(path, ReadOptions())
    paragraphs = document.text.split("\n\n")
    assert paragraphs[0] == document.title == "Envoys meet in Oslo"
    assert len(paragraphs) == 3
    assert "Home" not in document.text
    assert (document.published, document.publisher) == (DAY, "The Daily Example")
    assert "2023-06-19" in notes[0]


def test_given_date_wins_over_that_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE)
    (document,), _ = read(path, ReadOptions(published=date(2023, 7, 1)))
    assert document.published == date(2023, 7, 1)


ROW = {
    "id": "n1",
    "text": f"  {GOOD}\r\n",
    "title": "Talks",
    "published": "2023-06-18",
    "publisher": "P",
    "kind": "statement",
    "issuer": "Norway",
    "url": "http://a.example",
}


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    columns = list(rows[0])
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif path.suffix == ".json":
        path.write_text(json.dumps(rows, indent=1))
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, delimiter="\t" if path.suffix == ".tsv" else ";")
            writer.writeheader()
            writer.writerows(rows)


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "tsv", "parquet"])
def test_tables_give_the_text_untouched_and_all_fields(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    _write(path, [ROW])
    (document,), notes = read(path)
    assert document == Document(**{**ROW, "published": date(2023, 6, 18)})  # type: ignore[arg-type]
    assert notes == []


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_guessed_columns_are_said_once(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    _write(path, [{"Body": GOOD, "pub_date": "19 June 2023"}] * 3)
    documents, notes = read(path, ReadOptions())
    assert [(d.text, d.published) for d in documents] == [(GOOD, DAY)] * 3
    assert len(notes) == 1
    assert "text = Body, published = pub_date" in notes[0]


def test_named_columns_win(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    _write(path, [{"text": "no", "summary": GOOD, "when": "2023-06-18", "n": "7", "who": "P"}])
    options = ReadOptions(text_column="summary", date_column="when", id_column="n", publisher_column="who")
    (document,), notes = read(path, options)
    assert (document.text, document.published, document.id, document.publisher) == (GOOD, date(2023, 6, 18), "7", "P")
    assert notes == []


def test_named_column_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    _write(path, [{"text": GOOD, "day": "2023-06-18"}])
    errors: list[InputError] = []
    options = ReadOptions(date_column="when", published=DAY)
    assert not list(read_paths([str(path)], options, on_error=errors.append, on_note=lambda _: None))
    assert "no column 'when'" in str(errors[0])
    assert "text, day" in str(errors[0])


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize("inner", ["jsonl", "parquet", "html", "csv"])
def test_packed_files(tmp_path: Path, ending: str, inner: str) -> None:
    path = tmp_path / f"a.{inner}"
    if inner == "html":
        path.write_text(PAGE)
    else:
        _write(path, [{"text": GOOD}])
    data = path.read_bytes()
    packed = tmp_path / f"a.{inner}.{ending}"
    packed.write_bytes(gzip.compress(data) if ending == "gz" else zstandard.compress(data))
    (document,), _ = read(packed)
    assert GOOD in document.text


def test_zstd_of_several_frames_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    path.write_bytes(zstandard.compress(b"One ") + zstandard.compress(b"two ") + zstandard.compress(b"three."))
    (document,), _ = read(path)
    assert document.text == "One two three."


def test_content_counts_more_than_the_name(tmp_path: Path) -> None:
    for name, content in (
        ("page.txt", PAGE),
        ("rows", json.dumps({"text": GOOD}) + "\n"),
        ("t", f"id,text\n1,{GOOD}\n"),
    ):
        path = tmp_path / name
        path.write_text(content)
        (document,), _ = read(path)
        assert GOOD in document.text
        assert "{" not in document.text
        assert "<" not in document.text
        assert "id" not in document.text.split()


def test_text_that_only_looks_like_a_table_or_json_stays_text(tmp_path: Path) -> None:
    for text in ("[OSLO] The envoys met.", "Oslo, text by J. Doe\n\nThe envoys met.", "{sic} The envoys met."):
        path = tmp_path / "a.txt"
        path.write_text(text)
        (document,), _ = read(path)
        assert document.text == text


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/c.txt", "c.bin", "a/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Text of {name}")
    documents, _ = read(tmp_path)
    assert [d.text for d in documents] == ["Text of b.txt", "Text of a/a.txt", "Text of a/z.md"]


@pytest.mark.parametrize("ending", ["jsonl", "parquet", "csv"])
def test_standard_input_is_known_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    _write(path, [{"id": "1", "text": GOOD}, {"id": "2", "text": GOOD}])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    documents, _ = read("-")
    assert [d.id for d in documents] == ["1", "2"]


@pytest.mark.parametrize(
    ("title", "kind", "issuer"),
    [
        ("Readout of the Prime Minister’s Call with the King", "readout", "Gov.example"),
        ("Joint Statement of Norway and Peru", "statement", "Gov.example"),
        ("Statement by Ambassador Ana Lund on the Vote in Lima", "statement", "Ambassador Ana Lund"),
        ("Remarks by President Ana Lund at the Harbour", "statement", "President Ana Lund"),
        ("Statement by Minister", "statement", "Gov.example"),
        ("Envoys read out a statement in Oslo", "news", None),
    ],
)
def test_kind_and_issuer_are_told_by_the_title(tmp_path: Path, title: str, kind: str, issuer: str | None) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": GOOD, "title": title, "publisher": "Gov.example"}))
    (document,), _ = read(path)
    assert (document.kind, document.issuer) == (kind, issuer)


def test_transcript_gets_its_turns(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("MS. LUND: Good day.\n\nQ Any news?\n\nMS. LUND: None.")
    (document,), _ = read(path)
    assert document.kind == "transcript"
    assert [document.text[turn.start : turn.end] for turn in document.turns] == ["Good day.", "Any news?", "None."]


def test_options_refuse_an_unknown_kind() -> None:
    with pytest.raises(OptionError, match="readout"):
        ReadOptions(kind="rumour")


def test_bytes_read_come_to_the_size_of_the_input(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"Norway thanked Peru {number} times."}) + "\n" for number in range(5_000))
    (tmp_path / "rows.jsonl").write_text(rows)
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "passed over.bin").write_bytes(b"x")
    told: list[int] = []
    paths = [str(tmp_path), str(tmp_path / "nowhere.txt")]
    options = ReadOptions(published=date(2023, 1, 1))
    documents = read_paths(paths, options, on_error=lambda _: None, on_note=lambda _: None, on_read=told.append)
    assert len(list(documents)) == 10_000
    assert sum(told) == input_size(paths) == sum(path.stat().st_size for path in tmp_path.glob("*.jsonl*"))
    assert min(told) >= 0
    assert sum(size > 0 for size in told) > 3
    assert input_size([*paths, "-"]) is None


def test_each_json_object_says_its_own_keys(tmp_path: Path) -> None:
    """A key that one object lacks, or has under another name, is found in the next."""
    path = tmp_path / "a.jsonl"
    rows = [
        {"text": GOOD, "published": "2024-05-14"},
        {"id": "b", "text": GOOD},
        {"id": "c", "text": GOOD, "published": "2024-05-15", "title": "Talks", "publisher": "The Example"},
        {"id": "d", "body": GOOD, "date": "2024-05-16", "url": "https://example.org/d"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    documents, _ = read(path)
    assert [one.published for one in documents] == [date(2024, 5, 14), DAY, date(2024, 5, 15), date(2024, 5, 16)]
    assert [one.id for one in documents[1:]] == ["b", "c", "d"]
    assert (documents[2].title, documents[2].publisher) == ("Talks", "The Example")
    assert documents[3].url == "https://example.org/d"
