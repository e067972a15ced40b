"""Filing: each document once, reprints as sources, nothing half done whenever it is stopped."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from detente.coding import Coded, Coder
from detente.errors import InputError, LedgerError
from detente.ledger import Added, add, forget, query, reading, recode, refresh, sole_writer, writing
from detente.records import Document

COMMAND = str(Path(sys.executable).parent / "detente")


def file_all(path: Path, documents: Sequence[Document], coder: Coder) -> tuple[list[Added], list[InputError]]:
    faults: list[InputError] = []
    return list(add(path, documents, coder, on_error=faults.append)), faults


def count(path: Path, table: str) -> int:
    _, rows = query(path, f"SELECT count(*) FROM {table}")
    number = rows[0][0]
    assert isinstance(number, int)
    return number


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, stories: tuple[Document, ...], coder: Coder) -> Path:
    """A ledger of the stories, to be read only."""
    path = tmp_path_factory.mktemp("ledger") / "relations.duckdb"
    file_all(path, stories, coder)
    refresh(path)
    return path


def test_what_is_coded_is_filed(filed: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    wanted = {event.id for document in stories if document.id != "k2" for event in coder.code(document).events}
    assert {row[0] for row in query(filed, "SELECT id FROM v_events")[1]} == wanted
    assert query(filed, "SELECT text FROM v_documents WHERE id = 'n1'")[1] == [(stories[1].text,)]


def test_a_reprint_is_a_source_and_no_new_report(filed: Path) -> None:
    assert query(filed, "SELECT id, reprint_of FROM v_documents WHERE reprint_of IS NOT NULL")[1] == [("k2", "k1")]
    assert query(filed, "SELECT count(*) FROM v_events WHERE document = 'k2'")[1] == [(0,)]
    told = query(filed, "SELECT documents FROM v_episodes WHERE list_contains(documents, 'k1')")[1]
    assert told and all("k2" in row[0] for row in told)  # type: ignore[operator]


def test_what_a_reprint_adds_is_kept(tmp_path: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    path = tmp_path / "l.duckdb"
    longer = replace(stories[2], text=stories[2].text + " Uganda recalled its ambassador from Rwanda on Wednesday.")
    file_all(path, [stories[0], longer], coder)
    rows = query(path, "SELECT words FROM v_events WHERE document = 'k2'")[1]
    assert len(rows) == 1 and "recalled its ambassador" in str(rows[0][0])


def test_filing_twice_changes_nothing(tmp_path: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    path = tmp_path / "l.duckdb"
    first, _ = file_all(path, stories, coder)
    before = {table: count(path, table) for table in ("documents", "events", "statements", "signals", "codings")}
    again, faults = file_all(path, stories, coder)
    assert [one.outcome for one in first] == ["new", "new", "reprint", "new"]
    assert [one.outcome for one in again] == ["known"] * 4 and not faults
    assert {table: count(path, table) for table in before} == before


def test_an_id_with_another_text_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, stories: tuple[Document, ...], coder: Coder
) -> None:
    path = tmp_path / "l.duckdb"
    file_all(path, stories[:1], coder)
    told, faults = file_all(path, [replace(stories[0], text="Chad thanked Mali."), stories[1]], coder)
    assert [one.outcome for one in told] == ["new"]
    assert len(faults) == 1 and "another text under the id 'k1'" in str(faults[0])


def test_a_document_of_the_batch_before_is_known_though_it_is_not_filed_yet(
    tmp_path: Path, stories: tuple[Document, ...], coder: Coder
) -> None:
    path = tmp_path / "l.duckdb"
    faults: list[InputError] = []
    stream = [stories[0], stories[0], stories[1], replace(stories[1], text="Chad thanked Mali."), stories[3]]
    told = list(add(path, stream, coder, on_error=faults.append, batch=1))
    assert [one.outcome for one in told] == ["new", "known", "new", "new"]
    assert len(faults) == 1 and "another text under the id" in str(faults[0])
    assert count(path, "documents") == 3


def test_a_batch_is_begun_before_the_one_before_it_is_filed(
    tmp_path: Path, stories: tuple[Document, ...], coder: Coder
) -> None:
    begun: list[str] = []

    class Eager:
        """Begins at once, as worker processes do."""

        name = coder.name

        def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
            wanted = list(documents)
            begun.extend(document.id for document in wanted)
            return coder.code_many(wanted)

    path = tmp_path / "l.duckdb"
    for number, added in enumerate(add(path, stories, Eager(), on_error=print, batch=1), 1):
        assert added.document == stories[number - 1]
        assert begun == [document.id for document in stories[: number + 1]] and count(path, "documents") == number


def test_forgetting_leaves_no_trace(tmp_path: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    path = tmp_path / "l.duckdb"
    file_all(path, stories, coder)
    refresh(path)
    with writing(path) as connection:
        forget(connection, "n1")
    refresh(path)
    for table in ("events", "statements", "codings", "event_dyads", "fingerprints"):
        assert query(path, f"SELECT count(*) FROM {table} WHERE document = 'n1'")[1] == [(0,)]
    assert query(path, "SELECT count(*) FROM participants WHERE event NOT IN (SELECT id FROM events)")[1] == [(0,)]
    assert query(path, "SELECT count(*) FROM v_episodes WHERE first = 'NOR' OR second = 'NOR'")[1] == [(0,)]
    with pytest.raises(LedgerError, match="no document 'n1'"), writing(path) as connection:
        forget(connection, "n1")


def test_recoding_keeps_the_old_records_beside_the_new(
    tmp_path: Path, stories: tuple[Document, ...], coder: Coder
) -> None:
    path = tmp_path / "l.duckdb"
    rules = Coder(relation="rules")
    file_all(path, stories, rules)
    changed = dict(recode(path, coder))
    assert set(changed) == {document.id for document in stories}
    assert {row[0] for row in query(path, "SELECT DISTINCT coder FROM events")[1]} == {coder.name, rules.name}
    assert {row[0] for row in query(path, "SELECT DISTINCT coder FROM v_events")[1]} == {coder.name}
    assert list(recode(path, coder)) == []
    fresh = tmp_path / "fresh.duckdb"
    file_all(fresh, stories, coder)
    ids = "SELECT id FROM v_events ORDER BY id"
    assert query(path, ids) == query(fresh, ids)


def test_two_processes_do_not_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with writing(path, new=True):
        pass
    with sole_writer(path):
        told = subprocess.run([COMMAND, "forget", "x", "--db", str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 2 and "another process is filing" in told.stderr


def test_a_reader_waits_for_a_batch_to_be_written(tmp_path: Path, stories: tuple[Document, ...], coder: Coder) -> None:
    path = tmp_path / "l.duckdb"
    file_all(path, stories, coder)
    with writing(path) as connection:
        reader = subprocess.Popen(
            [COMMAND, "sql", "SELECT count(*) AS n FROM v_documents", "--db", str(path)], stdout=subprocess.PIPE
        )
        time.sleep(1)
        assert reader.poll() is None or reader.returncode == 0
        forget(connection, "n1")
    out, _ = reader.communicate(timeout=60)
    assert out.decode().split() == ["n", "3"]


def test_an_error_within_a_batch_keeps_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with writing(path, new=True):
        pass
    with pytest.raises(KeyError), writing(path) as connection:
        connection.execute("INSERT INTO stale VALUES ('AAA', 'BBB', NULL)")
        raise KeyError
    assert count(path, "stale") == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "no ledger there"), (b"not a database" * 500, "cannot be opened as a ledger"), ("duckdb", "but no ledger")],
)
def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path, content: bytes | str | None, said: str) -> None:
    path = tmp_path / "l.duckdb"
    if content == "duckdb":
        import duckdb

        with duckdb.connect(str(path)) as other:
            other.execute("CREATE TABLE mine (x INTEGER)")
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(LedgerError, match=said) as told, reading(path):
        pass
    assert "\n" not in str(told.value)


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    with writing(path, new=True) as connection:
        connection.execute("INSERT INTO detente_schema VALUES (9999)")
    with pytest.raises(LedgerError, match="schema 9999, newer than this version"), reading(path):
        pass


def test_killed_at_any_moment_nothing_is_lost_and_nothing_half_filed(tmp_path: Path) -> None:
    """kill -9 in a loop, each time at another moment; in the end the ledger is that of an undisturbed run."""
    texts = [
        f"{a} expelled {number} diplomats of {b} on Monday. {b} condemned the decision."
        for number, (a, b) in enumerate(
            [("Norway", "Russia"), ("Chad", "Mali"), ("Peru", "Chile"), ("India", "Nepal"), ("Kenya", "Uganda")] * 24, 2
        )
    ]
    rows = [{"id": f"d{n}", "text": text, "published": "2024-05-14"} for n, text in enumerate(texts)]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    whole = tmp_path / "whole.duckdb"
    subprocess.run([COMMAND, "add", str(source), "--db", str(whole), "-q"], check=True)
    path = tmp_path / "killed.duckdb"
    command = [COMMAND, "add", str(source), "--db", str(path), "-q"]
    rng, kills = random.Random(4), 0
    for _ in range(8):
        process = subprocess.Popen(command)
        before = filed_so_far(path)
        while process.poll() is None and filed_so_far(path) == before:
            time.sleep(0.01)
        time.sleep(rng.random() * 0.3)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
        half = "SELECT count(*) FROM documents ANTI JOIN codings ON codings.document = documents.id"
        assert query(path, half)[1] == [(0,)]
    assert kills >= 3
    assert subprocess.run(command, check=False).returncode == 0
    for question in (
        "SELECT id, words FROM v_events ORDER BY id",
        "SELECT id FROM v_statements ORDER BY id",
        "SELECT event, side, actor FROM participants ORDER BY ALL",
        "SELECT document, band, hash FROM fingerprints ORDER BY ALL",
        "SELECT id, reports FROM v_episodes ORDER BY id",
        "SELECT count(*) FROM stale",
    ):
        assert query(path, question) == query(whole, question)


def filed_so_far(path: Path) -> int:
    return count(path, "documents") if path.is_file() and path.stat().st_size > 20_000 else 0
