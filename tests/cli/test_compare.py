"""`detente compare` as a user runs it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

AMERICAN = {
    "id": "us",
    "published": "2023-06-18",
    "kind": "readout",
    "issuer": "USA",
    "text": "Secretary Blinken met Foreign Minister Qin Gang of China in Beijing. They had candid and constructive "
    "talks. The Secretary raised fentanyl. The United States does not seek a new Cold War, the Secretary said.",
}
CHINESE = {
    "id": "cn",
    "published": "2023-06-18",
    "kind": "readout",
    "issuer": "CHN",
    "text": "Foreign Minister Qin Gang held talks in Beijing with US Secretary of State Antony Blinken. He spoke about "
    "Taiwan. The US side said that it does not seek a new Cold War. The US side promised to lift its tariffs on steel.",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readouts") / "readouts.jsonl"
    path.write_text(json.dumps(AMERICAN) + "\n" + json.dumps(CHINESE) + "\n", encoding="utf-8")
    return path


def test_two_documents_of_one_file_as_json(detente: Run, file: Path) -> None:
    done = detente("compare", f"{file}#us", f"{file}#cn", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert (found["left"]["side"], found["right"]["side"]) == ("USA", "CHN")
    verdicts = {claim["claimed"]["text"]: claim["verdict"] for claim in found["right"]["claims"]}
    assert verdicts == {
        "it does not seek a new Cold War": "confirmed",
        "to lift its tariffs on steel": "silent",
    }


def test_the_tables_and_the_page_show_the_same(detente: Run, file: Path) -> None:
    words = ("compare", f"{file}#us", f"{file}#cn")
    for format in ("terminal", "md"):
        shown = detente(*words, "--format", format).stdout.decode()
        assert "candid and constructive talks" in shown
        assert "confirmed" in shown and "silent" in shown
        assert "Taiwan" in shown and "drugs" in shown


@pytest.mark.parametrize(
    ("left", "right", "words", "says"),
    [
        ("#us", "#fr", [], "no document has the id 'fr' (such as us, cn)"),
        ("#us", "#us", [], "both accounts are of USA"),
        ("#us", ".absent", [], "readouts.jsonl.absent"),
        ("#us", "#cn", ["--format", "pdf"], "--format 'pdf' is not known (terminal, md, json)"),
        ("#us", "#cn", ["--published", "2023-02-30"], "--published: there is no such day"),
    ],
)
def test_what_is_wrong_is_one_line(
    detente: Run, file: Path, left: str, right: str, words: list[str], says: str
) -> None:
    done = detente("compare", f"{file}{left}", f"{file}{right}", *words)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("detente: ") and says in line


def test_what_a_text_holds_is_neither_markup_nor_a_command_to_the_terminal(detente: Run, tmp_path: Path) -> None:
    path = tmp_path / "readouts.jsonl"
    rows = [{**AMERICAN, "id": "<b>u\x1b[31ms"}, {**CHINESE, "text": f"{CHINESE['text']} <script>alert(1)</script>"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"id": "no text"}\n', encoding="utf-8")
    for format in ("terminal", "md"):
        done = detente("compare", f"{path}#{rows[0]['id']}", f"{path}#cn", "--format", format)
        assert done.returncode == 0 and b"\x1b" not in done.stdout
        assert b"line 3: no column of text" in done.stderr
    assert b"<b>" not in done.stdout.replace(b"\\<", b"") and b"<script>" not in done.stdout.replace(b"\\<", b"")
