"""The engines: the same records whoever does the work, in the order of the documents, and clear words when it fails."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from detente.engines import open_engine
from detente.errors import EngineError, OptionError
from detente.records import Document

STATES = [("Norway", "Russia"), ("Chad", "Mali"), ("Peru", "Chile"), ("India", "Nepal"), ("Kenya", "Uganda")]
DOCUMENTS = [
    Document(
        f"{a} expelled {number} diplomats of {b} on Monday. {b} condemned the decision.\n"
        * (1 + 9 * (number % 7 == 0)),
        id=f"d{number}",
        published=date(2024, 5, 14),
    )
    for number, (a, b) in enumerate(STATES * 5, 2)
]


def test_two_processes_give_what_one_gives_in_the_same_order() -> None:
    with open_engine(1) as here:
        alone = list(here.code_many(DOCUMENTS))
    with open_engine(2) as two:
        both = list(two.code_many(iter(DOCUMENTS)))
        again = list(two.code_many(DOCUMENTS[:3]))
        assert two.name == here.name
    assert both == alone and again == alone[:3]
    assert [coded.document.id for coded in both] == [document.id for document in DOCUMENTS]
    assert sum(len(coded.events) for coded in both) >= len(DOCUMENTS)


def test_no_more_is_read_ahead_than_keeps_the_workers_busy() -> None:
    read = 0

    def stream() -> object:
        nonlocal read
        for document in DOCUMENTS * 4:
            read += 1
            yield document

    with open_engine(2) as engine:
        coded = engine.code_many(stream())  # type: ignore[arg-type]
        next(coded)
        assert read < 40


def test_the_settings_reach_the_workers() -> None:
    with open_engine(2, relation="rules") as engine:
        assert engine.name.endswith("/rules")


@pytest.mark.parametrize("workers", [0, -1, 100_000])
def test_a_number_of_workers_that_cannot_be_is_refused(workers: int) -> None:
    with pytest.raises(OptionError, match=f"--workers {workers}: must be between 1 and"), open_engine(workers):
        pass


def test_a_worker_that_dies_is_told_in_a_line() -> None:
    with open_engine(2) as engine, pytest.raises(EngineError, match="a worker process has died"):
        for _ in engine.code_many(DOCUMENTS * 4):
            for worker in workers_of(os.getpid()):
                os.kill(worker, signal.SIGKILL)


def test_workers_do_not_outlive_a_parent_that_is_killed() -> None:
    program = """
import time
from detente.engines import open_engine
with open_engine(2) as engine:
    print("ready", flush=True)
    time.sleep(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout and parent.stdout.readline() == "ready\n"
    workers = workers_of(parent.pid)
    assert workers
    parent.kill()
    parent.communicate()
    for _ in range(600):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            break
        time.sleep(0.1)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def workers_of(process: int) -> list[int]:
    """The processes below that of the fork server: all that descend from this one and have a parent in between."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := entry / "stat").exists():
            parents[int(entry.name)] = int(stat.read_text(encoding="ascii").rpartition(")")[2].split()[1])
    children = {child for child, parent in parents.items() if parent == process}
    return [child for child, parent in parents.items() if parent in children]


def test_the_command_codes_with_several_processes(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    rows.write_text(
        "".join(json.dumps({"id": one.id, "text": one.text, "published": "2024-05-14"}) + "\n" for one in DOCUMENTS),
        encoding="utf-8",
    )
    command = [str(Path(sys.executable).with_name("detente")), "code", str(rows), "--format", "jsonl", "-q"]
    one = subprocess.run(command, capture_output=True, check=True).stdout
    two = subprocess.run([*command, "--workers", "2"], capture_output=True, check=True)
    assert two.stdout == one and two.stderr == b""
