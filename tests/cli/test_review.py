"""`detente review` as a user runs it, from the first record to gold that `detente evaluate` reads."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ROWS = (
    {
        "id": "p/1",
        "published": "2024-02-06",
        "publisher": "Agency",
        "title": "Ministers meet in Lima",
        "text": "Peru's foreign minister met Chile's foreign minister in Lima on 5 February 2024. Chile's foreign "
        "minister invited his Peruvian counterpart to visit Santiago in May.",
    },
    {
        "id": "p2",
        "published": "2024-03-12",
        "publisher": "Agency",
        "title": "Peru expels consul",
        "text": "Peru expelled the Chilean consul in Tacna on Monday. Chile recalled its ambassador on Tuesday.",
    },
)


@pytest.fixture(scope="module")
def filed(detente: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    done = detente("add", folder / "rows.jsonl", "--db", folder / "l.duckdb", "-q")
    assert done.returncode == 0, done.stderr
    return folder / "l.duckdb"


@pytest.fixture
def db(filed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filed, tmp_path / "l.duckdb"))


def upcoming(detente: Run, db: Path, by: str) -> dict[str, Any] | None:
    done = detente("review", "next", "--by", by, "--order", "random", "--seed", "7", "--json", "--db", db)
    found: dict[str, Any] | None = json.loads(done.stdout) if done.stdout.startswith(b"{") else None
    return found


def judge(detente: Run, db: Path, id: str, by: str, *words: str) -> None:
    done = detente("review", "judge", id, "--by", by, "--drawn", "random 7", *words, "--db", db)
    assert done.returncode == 0, done.stderr


def test_a_sample_is_judged_and_gives_precision_agreement_and_gold(detente: Run, db: Path, tmp_path: Path) -> None:
    judged = []
    while (event := upcoming(detente, db, "Ada")) is not None:
        words = ("--reject", "--why", "no event") if event["trigger"]["text"] == "recalled" else ()
        judge(detente, db, event["id"], "Ada", *words)
        judged.append(event)
    expelled = next(event for event in judged if event["trigger"]["text"] == "expelled")
    judge(detente, db, expelled["id"], "Ben", "--set", "status=planned", "--why", "to come")
    n = len(judged)
    assert n >= 4
    precise = json.loads(detente("review", "precision", "--json", "--db", db).stdout)
    assert [(one["by"], one["judged"], one["contested"]) for one in precise] == [
        (None, n - 1, 1),
        ("Ada", n, 0),
        ("Ben", 1, 0),
    ]
    assert precise[1]["shares"][0]["right"] == n - 1 and precise[1]["passed"] == 0
    agreed = detente("review", "agreement", "--db", db).stdout.decode()
    assert "1 events judged by two or more of: Ada (1), Ben (1)" in agreed and "1 to be adjudicated" in agreed

    done = detente("review", "export", "--out", tmp_path / "gold", "--db", db)
    assert done.returncode == 0, done.stderr
    report = json.loads(detente("evaluate", "examples", "--data", tmp_path / "gold", "--json").stdout)
    # What was kept is found by the same coder; what is contested counts neither way; what was rejected is false.
    assert report["items"] == n - 2 and report["figures"]["event.recall"] == 1.0
    assert report["figures"]["event.precision"] == pytest.approx((n - 2) / (n - 1))

    for format, lines in (("training", n - 1), ("reviews", n + 1)):
        out = tmp_path / f"{format}.jsonl"
        assert detente("review", "export", "--format", format, "--out", out, "--db", db).returncode == 0
        assert len(out.read_text("utf-8").splitlines()) == lines


def test_statements_are_judged_and_measured(detente: Run, db: Path, tmp_path: Path) -> None:
    said = {
        "id": "s1",
        "published": "2024-04-02",
        "publisher": "Agency",
        "title": "Lima complains",
        "text": "Peru's foreign minister Javier González-Olaechea said that the dispute over fish was deeply "
        "disappointing. Chile's president Gabriel Boric said the two countries were friends. A fisherman said that it "
        "had rained.",
    }
    (tmp_path / "said.jsonl").write_text(json.dumps(said) + "\n", encoding="utf-8")
    assert detente("add", tmp_path / "said.jsonl", "--db", db, "-q").returncode == 0
    judged: list[dict[str, Any]] = []
    words = ("next", "--kind", "statements", "--by", "Ada", "--order", "random", "--seed", "7", "--json")
    while (found := detente("review", *words, "--db", db).stdout).startswith(b"{"):
        one = json.loads(found)
        wrong = ("--reject", "--why", "nobody") if one["side"] is None else ()
        tone = ("--set", "tone=neutral") if one["side"] == "PER" else ()
        judge(detente, db, one["id"], "Ada", *wrong, *tone)
        judged.append(one)
    assert {one["side"] for one in judged} == {"PER", "CHL", None} and len(judged) == 3
    judge(detente, db, judged[0]["id"], "Ben", "--set", "issues=trade")
    agreed = json.loads(detente("review", "agreement", "--json", "--db", db).stdout)
    assert [(one["kind"], one["records"]) for one in agreed] == [("events", 0), ("statements", 1)]
    assert [one["field"] for one in agreed[1]["fields"]][:3] == ["kept", "speaker", "side"]
    precise = json.loads(detente("review", "precision", "--json", "--db", db).stdout)
    (ada,) = (one for one in precise if one["by"] == "Ada")
    assert (ada["kind"], ada["judged"], ada["whole"]) == ("statements", 3, 3)
    assert {one["what"]: one["right"] for one in ada["shares"]} == {
        "there is such a statement": 2,
        "side": 2,
        "speaker and side": 2,
        "speaker, side and issues": 2,
        "every field": 1,
    }
    assert detente("review", "export", "--out", tmp_path / "gold", "--db", db).returncode == 0
    report = json.loads(detente("evaluate", "examples", "--data", tmp_path / "gold", "--json").stdout)
    # What is contested counts neither way; what was rejected is false.
    contested = judged[0]["side"] is not None
    assert report["figures"]["statements.wanted"] == 2 - contested
    assert report["figures"]["statement.recall"] == 1.0
    out = tmp_path / "rows.jsonl"
    assert detente("review", "export", "--format", "training", "--out", out, "--db", db).returncode == 0
    learned = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {row["kind"] for row in learned} == {"statement"} and len(learned) == 2
    assert all(row["content"]["text"] and (row["statement"] is None) == (row["verdict"] == "reject") for row in learned)


def test_reviews_go_from_one_ledger_to_another_each_once(detente: Run, filed: Path, db: Path, tmp_path: Path) -> None:
    event = upcoming(detente, db, "Ben")
    assert event is not None
    judge(detente, db, event["id"], "Ben", "--reject", "--why", "said \x1b[31m in red")
    out = tmp_path / "ben.jsonl"
    detente("review", "export", "--format", "reviews", "--out", out, "--db", db)
    other = Path(shutil.copy(filed, tmp_path / "other.duckdb"))
    for new in (1, 0):
        done = detente("review", "import", out, "--db", other)
        assert done.returncode == 0 and f"{new} new reviews of 1" in done.stderr.decode()
    gone = detente("sql", f"SELECT count(*) FROM v_events WHERE id = '{event['id']}'", "--db", other).stdout.decode()
    assert gone.split() == ["count_star()", "0"]
    listed = detente("review", "list", "--db", other).stdout
    assert b"Ben" in listed and b"reject" in listed and event["id"].encode() in listed and b"\x1b" not in listed
    # In a ledger without the document they are kept, and said to find nothing.
    detente("forget", "p/1", "--db", other)
    detente("forget", "p2", "--db", other)
    assert b"record no longer found" in detente("review", "list", "--db", other).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("judge", "ev-none", "--by", "Ada"), "no event or statement 'ev-none' of the current coder"),
        (("judge", "EVENT", "--by", "Ada", "--set", "type=FOO"), "type 'FOO' is not known"),
        (("judge", "EVENT", "--by", "Ada", "--set", "colour=red"), "--set 'colour=red': write FIELD=VALUE"),
        (("judge", "EVENT", "--by", "Ada", "--drawn", "random luck"), "drawn 'random luck': chosen"),
        (("judge", "EVENT", "--by", " "), "reviewer: give a name"),
        (("judge", "EVENT", "--by", "Ada", "--reject"), "why: say in a few words"),
        (("next", "--by", "Ada", "--order", "luck"), "order 'luck' is not known"),
        (("next", "--by", "Ada", "--dyad", "PER"), "is no country"),
        (("export", "--format", "xml", "--out", "x"), "--format xml: not known"),
        (("import", "missing.jsonl"), "missing.jsonl"),
        (("import", "BROKEN"), "line 2: not a review"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    detente: Run, db: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    event = upcoming(detente, db, "Ada")
    assert event is not None
    judge(detente, db, event["id"], "Ada")
    good, broken = tmp_path / "good.jsonl", tmp_path / "broken.jsonl"
    detente("review", "export", "--format", "reviews", "--out", good, "--db", db)
    broken.write_bytes(good.read_bytes() + b'{"coded": {"type": 5}}\n')
    real = [{"EVENT": event["id"], "BROKEN": str(broken)}.get(word, word) for word in words]
    done = detente("review", *real, "--db", db)
    assert done.returncode == 2 and said in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
