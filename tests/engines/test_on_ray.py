"""The engine for a cluster: a real one of two nodes on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ray.cluster_utils import Cluster

from detente.engines.on_ray import code_on_ray
from detente.engines.shards import Shard, find_shards
from detente.exchange import open_writer, read_records
from detente.ledger import query
from detente.reading import ReadOptions
from tests.engines.test_engines import DOCUMENTS

COMMAND = str(Path(sys.executable).with_name("detente"))
SINK = partial(open_writer, "parquet")
SHARDS = 5


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    each = len(DOCUMENTS) // SHARDS
    for number in range(SHARDS):
        rows = [
            {"id": one.id, "text": one.text, "published": "2024-05-14"}
            for one in DOCUMENTS[number * each : (number + 1) * each]
        ]
        lines = [json.dumps(row) for row in rows]
        if number == 2:
            lines.insert(1, '{"id": "x", "text": ""}')
        (folder / f"part{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    yield cluster
    cluster.shutdown()


def lines(folder: Path) -> list[str]:
    files = sorted((folder / "records").glob("*.parquet"))
    return sorted(json.dumps(record.to_dict()) for file in files for record in read_records(str(file)))


def test_a_node_is_lost_in_the_middle_and_nothing_else(shards: Path, tmp_path: Path, cluster: Cluster) -> None:
    """The records are those of one process, none twice, and the ledger filed from them that of `detente add`."""
    out, lost, ended = tmp_path / "out", cluster.list_all_nodes()[-1], []
    run = code_on_ray(find_shards([str(shards)]), str(out), ReadOptions(), {}, SINK, workers=2, address=cluster.address)
    for done in run:
        if not ended:
            cluster.remove_node(lost, allow_graceful=False)
        ended.append(done)
    assert sorted(Path(done.source).name for done in ended) == [f"part{number}.jsonl" for number in range(SHARDS)]
    assert sum(done.documents for done in ended) == len(DOCUMENTS)
    (faulty,) = [done for done in ended if done.set_aside]
    assert "part2.jsonl: line 2" in faulty.faults[0]
    alone = tmp_path / "alone.jsonl"
    subprocess.run([COMMAND, "code", str(shards), "--out", str(alone), "-q"], check=False, capture_output=True)
    assert lines(out) == sorted(json.dumps(record.to_dict()) for record in read_records(str(alone)))

    ours, theirs = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    filed = subprocess.run([COMMAND, "add", "--coded", str(out), "--db", str(ours)], capture_output=True, check=False)
    assert filed.returncode == 1 and b"1 set aside" in filed.stderr
    subprocess.run([COMMAND, "add", str(shards), "--db", str(theirs), "-q"], capture_output=True, check=False)
    for view in ("documents", "events", "statements", "episodes", "contacts", "commitments"):
        asked = f"SELECT * FROM v_{view} ORDER BY ALL"
        assert query(ours, asked) == query(theirs, asked)


def test_a_run_that_is_broken_off_goes_on(shards: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = command(out, shards)
    assert first.returncode == 1 and b"5 of 5 shards" in first.stderr
    marks = sorted((out / "done").iterdir())
    (out / "records" / marks[0].with_suffix(".parquet").name).write_bytes(b"half a file")
    marks[0].unlink()
    marks[1].write_text("not a mark", encoding="utf-8")
    before = [mark.stat().st_mtime_ns for mark in marks[2:]]
    again = command(out, shards)
    assert b"25 documents" in again.stderr
    assert [mark.stat().st_mtime_ns for mark in marks[2:]] == before
    assert len({json.loads(line)["document"] for line in lines(out)}) == len(DOCUMENTS)


def command(out: Path, shards: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    words = [COMMAND, "code", str(shards), "--engine", "ray", "--out", str(out), *more]
    return subprocess.run(words, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "ray"], "name it with --out"),
        (["--engine", "spark"], "--engine spark: not known (local, ray)"),
        (["--address", "auto"], "add --engine ray"),
        (["--engine", "ray", "--out", "o", "--format", "csv"], "--engine ray writes parquet"),
        (["--engine", "ray", "--out", "o", "--address", "127.0.0.1:1"], "no Ray cluster at 127.0.0.1:1"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(shards: Path, tmp_path: Path, words: list[str], said: str) -> None:
    run: Any = subprocess.run(
        [COMMAND, "code", str(shards), *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert run.returncode == 2 and said in run.stderr and "Traceback" not in run.stderr


def test_shards_of_one_name_in_two_folders_stay_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.jsonl").write_text("{}", encoding="utf-8")
    found = find_shards([str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "a" / "x.jsonl")])
    assert len(found) == len({shard.name for shard in found}) == 2 and isinstance(found[0], Shard)
