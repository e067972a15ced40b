"""`detente code` as a user runs it: what goes where, in which format, and that spans lead back to the text."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.exchange import read_records
from detente.exchange.flat import COLUMNS
from detente.reading import ReadOptions, read_paths

Run = Callable[..., subprocess.CompletedProcess[bytes]]
# Curly quotes, non-breaking spaces, soft hyphens, ligatures, emoji outside the basic plane, wide letters, CRLF.
NASTY = (
    "Ministers\xa0of Norway and Peru meet 🤝 in Oslo\r\n\r\n"
    "Norway’s for\xadeign minister met Peru’s counter\xadpart in Oslo on\xa0Monday 🇳🇴, of\ufb01cials said.\r\n\r\n"
    "“We agreed to sign a \ufb01shing treaty,” Peru’s foreign minister said. “There’s no dif\ufb01culty.”\r\n\r\n"
    "Chile – 漢字 – accused Bolivia of “closing the bor\xadder\u200b”… Bolivia denied it 😀.\r\n"
)
PLAIN = "Sudan expelled three diplomats of Chad on Friday.\n\nThe president of Kenya will visit Uganda in July.\n"
PAGE = (
    "<!doctype html><html><head><title>Chad answers Sudan</title></head><body><article><h1>Chad answers Sudan</h1>"
    "<p>Chad&rsquo;s foreign ministry condemned Sudan on Saturday, and said the expulsion of its diplomats was "
    "&ldquo;a&nbsp;grave mistake&rdquo; that would harm both countries for years to come.</p>"
    "<p>The African Union called on Sudan and Chad to return to talks without delay.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a folder in it: plain text, Markdown, a page, rows."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "nasty.txt").write_bytes(NASTY.encode())
    (folder / "deep").mkdir()
    (folder / "deep" / "plain.md").write_text(f"---\npublished: 2023-06-17\n---\n{PLAIN}", encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    row = {"id": "row-1", "text": NASTY, "published": "2022-03-04", "publisher": "The Gazette"}
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def jsonl(texts: Path, out: Path, detente: Run) -> subprocess.CompletedProcess[bytes]:
    return detente("code", str(texts), "--published", "2023-06-19", "--out", str(out / "records.jsonl"))


@pytest.fixture(scope="module")
def records(jsonl: subprocess.CompletedProcess[bytes], out: Path) -> list[dict[str, Any]]:
    assert jsonl.returncode == 0, jsonl.stderr
    return [json.loads(line) for line in (out / "records.jsonl").read_bytes().splitlines()]


def spans(value: object) -> Iterator[dict[str, Any]]:
    """Everything in a record that has a beginning and an end in the text."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_span_is_what_stands_in_the_text(records: list[dict[str, Any]], texts: Path) -> None:
    def fail(fault: object) -> None:
        raise AssertionError(fault)

    options = ReadOptions(published=date(2023, 6, 19))
    stored = {one.id: one.text for one in read_paths([str(texts)], options, on_error=fail, on_note=lambda _: None)}
    assert stored["row-1"] == NASTY
    seen = [(record["document"], span) for record in records for span in spans(record)]
    assert len(seen) > 40
    for document, span in seen:
        assert stored[document][span["start"] : span["end"]] == span["text"]
        assert span["text"].strip()
    assert {document for document, _ in seen} == stored.keys()


def test_the_tricky_letters_are_inside_the_spans(records: list[dict[str, Any]]) -> None:
    quoted = " ".join(span["text"] for record in records for span in spans(record))
    for sign in ("\xa0", "\xad", "\ufb01", "’", "“"):
        assert sign in quoted


def test_records_have_what_was_told_of_the_document(records: list[dict[str, Any]]) -> None:
    kinds = {(record["record"], record.get("type")) for record in records}
    assert ("event", "SANCTION") in kinds
    assert ("statement", None) in kinds
    (expelled,) = [record for record in records if record.get("type") == "SANCTION"]
    assert [one["id"] for one in expelled["actors"]] == ["SDN"]
    assert expelled["date"]["start"] == "2023-06-16"
    assert any(record["document"] == "row-1" for record in records)


def test_the_user_is_told_on_stderr_and_stdout_stays_empty(
    jsonl: subprocess.CompletedProcess[bytes], records: list[dict[str, Any]]
) -> None:
    events = sum(record["record"] == "event" for record in records)
    assert jsonl.stdout == b""
    last = jsonl.stderr.decode().splitlines()[-1]
    assert last.startswith(f"4 documents, {events} events, {len(records) - events} statements → ")


def test_the_same_texts_give_the_same_bytes_on_standard_output(
    records: list[dict[str, Any]], texts: Path, out: Path, detente: Run
) -> None:
    again = detente("code", str(texts), "--published", "2023-06-19", "--quiet")
    assert (again.returncode, again.stderr) == (0, b"")
    assert again.stdout == (out / "records.jsonl").read_bytes()
    assert len({record["id"] for record in records}) == len(records)


def test_parquet_by_the_name_of_the_file_with_a_bar_on_the_terminal(
    records: list[dict[str, Any]], texts: Path, out: Path, on_terminal: Callable[..., Any]
) -> None:
    path = out / "records.parquet"
    shown = on_terminal("code", str(texts), "--published", "2023-06-19", "--out", str(path))
    assert shown.status == 0
    assert path.read_bytes().startswith(b"PAR1")
    assert [record.to_dict() for record in read_records(str(path))] == records
    assert "━" in shown.text
    assert "100%" in shown.text
    assert "4 documents, " in shown.text
    assert "{" not in shown.text


@pytest.mark.usefixtures("records")
def test_explain_finds_a_record_in_both_files(records: list[dict[str, Any]], out: Path, detente: Run) -> None:
    (event,) = [record for record in records if record.get("type") == "SANCTION"]
    told = [detente("explain", event["id"], str(out / name)) for name in ("records.jsonl", "records.parquet")]
    assert [one.returncode for one in told] == [0, 0]
    assert told[0].stdout == told[1].stdout
    text = told[0].stdout.decode()
    for wanted in (event["id"], event["evidence"]["text"], event["trigger"]["text"], "status", "happened", "←"):
        assert wanted in text
    for field, reason in event["why"].items():
        assert field in text
        assert reason in text


def test_explain_takes_the_beginning_of_an_id_and_refuses_what_is_not_there(
    records: list[dict[str, Any]], out: Path, detente: Run
) -> None:
    statement = next(record for record in records if record["record"] == "statement")
    told = detente("explain", statement["id"][:10], str(out / "records.jsonl"))
    assert statement["content"]["text"] in told.stdout.decode()
    for wanted, says in (("ev-none", "no record 'ev-none'"), ("st-", "several records begin")):
        told = detente("explain", wanted, str(out / "records.jsonl"))
        assert (told.returncode, told.stdout) == (2, b"")
        assert says in told.stderr.decode()


def test_csv_of_standard_input(detente: Run) -> None:
    done = detente("code", "-", "--published", "2023-06-17", "--format", "csv", input=PLAIN.encode())
    assert done.returncode == 0, done.stderr
    header, *rows = csv.reader(io.StringIO(done.stdout.decode(), newline=""))
    assert header == list(COLUMNS)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert ("SANCTION", "SDN") in {(row["type"], row["actors.id"]) for row in found}


def test_plover_tells_of_the_statements_it_leaves_out(texts: Path, out: Path, detente: Run) -> None:
    path = out / "plover.json"
    done = detente(
        "code", str(texts / "nasty.txt"), "--published", "2023-06-19", "--format", "plover", "--out", str(path)
    )
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {"event", "actor", "recipient", "event_text", "quad_code"} <= events[0].keys()
    assert "statements left out: plover has no place for them" in done.stderr.decode()


def test_a_terminal_gets_a_table_that_fits(texts: Path, on_terminal: Callable[..., Any]) -> None:
    shown = on_terminal("code", str(texts / "deep"), columns=100)
    assert shown.status == 0
    lines = [line.rpartition("\r")[2].rstrip() for line in shown.text.splitlines()]
    header = next(line for line in lines if line.startswith("when "))
    assert header.split("  ")[0] == "when"
    row = next(line for line in lines if "SANCTION" in line)
    assert row.startswith("2023-06-16")
    assert row.index("Sudan") == header.index("who")
    assert max(map(len, lines)) <= 100
    assert "━" not in shown.text
    assert lines[-1].startswith("1 document, ")
