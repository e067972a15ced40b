"""What cannot be read is named in one line each, the rest is coded; a run that is stopped leaves no half file."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
Start = Callable[..., subprocess.Popen[bytes]]
GOOD = "Sudan expelled three diplomats of Chad on Friday."


def row(number: int) -> str:
    return json.dumps({"id": f"good-{number}", "text": GOOD, "published": "2023-06-17"}) + "\n"


def bad_files(folder: Path) -> dict[str, str]:
    """Writes one file for each fault; name to what its error says."""
    long = folder / "long.txt"
    with long.open("w") as file:
        for _ in range(50):
            file.write("word " * 200_000)
    page = "<!doctype html><html><head><title>x</title></head><body><script>let a</script></body></html>"
    contents: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "the file is empty (give a file with text)"),
        "binary.txt": (bytes(range(256)) * 8, "looks like binary"),
        "utf8.txt": (b"The envoys \xff\xfe met \xc3\x28 in \x80\x81 Oslo.", "line 1: invalid UTF-8 at byte 12"),
        "undated.txt": (GOOD.encode(), "no publication date (give --published or a `published` column)"),
        "page.html": (page.encode(), "HTML with no text to be found"),
        "table.csv": (
            b"who,when\nNorway,2023-01-01\n",
            "no column of text (name it with --text-column; columns there: who, when)",
        ),
        "cut.txt.gz": (gzip.compress(GOOD.encode() * 50)[:-9], "compressed data end too early (truncated)"),
        "quotes.txt": (("He said " + "“" * 10_000 + "yes" + "”" * 10_000).encode(), "nested more than 100 deep"),
    }
    for name, (content, _) in contents.items():
        (folder / name).write_bytes(content)
    return {name: says for name, (_, says) in contents.items()} | {
        "long.txt": "one document of more than 10,000,000 bytes",
        "missing.txt": "no such file or folder",
    }


def test_each_bad_file_has_its_one_line_and_the_good_ones_are_coded(tmp_path: Path, detente: Run) -> None:
    wanted = bad_files(tmp_path)
    for number in (1, 2, 3):
        (tmp_path / f"good{number}.jsonl").write_text(row(number), encoding="utf-8")
    names = sorted(wanted)
    # Good ones before, between and after.
    order = ["good1.jsonl", *names[:5], "good2.jsonl", *names[5:], "good3.jsonl"]
    done = detente("code", *(str(tmp_path / name) for name in order), "--format", "jsonl")
    assert done.returncode == 1
    coded = {json.loads(line)["document"] for line in done.stdout.splitlines()}
    assert coded == {"good-1", "good-2", "good-3"}
    *faults, summary = done.stderr.decode().splitlines()
    assert len(faults) == len(wanted)
    for name, fault in zip(names, faults, strict=True):
        assert fault.startswith(f"detente: {tmp_path / name}: ")
        assert wanted[name] in fault
    assert summary == f"3 documents, 3 events, 0 statements, {len(wanted)} set aside"


def test_a_file_that_is_wrong_throughout_does_not_fill_the_screen(tmp_path: Path, detente: Run) -> None:
    (tmp_path / "rows.jsonl").write_text('{"words": "none"}\n' * 500 + row(1))
    done = detente("code", str(tmp_path / "rows.jsonl"), "--format", "jsonl")
    *faults, last, summary = done.stderr.decode().splitlines()
    assert (done.returncode, len(faults)) == (1, 20)
    assert all("no column of text" in fault for fault in faults)
    assert last.endswith("rows.jsonl: more faults of this file are counted, not shown")
    assert summary == "1 document, 1 event, 0 statements, 500 set aside"


def test_a_closed_pipe_ends_the_run_without_a_word(start: Start) -> None:
    run = start("code", "-", "--format", "jsonl", "--quiet")
    assert run.stdin and run.stdout and run.stderr
    run.stdout.close()
    run.stdin.write("".join(map(row, range(60))).encode())
    run.stdin.close()
    assert run.wait(timeout=120) == 1
    assert run.stderr.read() == b""
    run.stderr.close()


@pytest.mark.parametrize(("format", "sent"), [("jsonl", signal.SIGINT), ("table", signal.SIGTERM)])
def test_a_stopped_run_leaves_no_half_file(tmp_path: Path, start: Start, format: str, sent: signal.Signals) -> None:
    run = start("code", "-", "--format", format, "--out", str(tmp_path / "records"))
    assert run.stdin and run.stdout and run.stderr
    # The complaint about the second line shows that reading has begun; standard input stays open, so the run cannot
    # end by itself.
    run.stdin.write((row(1) + "{bad\n" + row(2) * 1_000).encode())
    run.stdin.flush()
    assert b"not JSON" in run.stderr.readline()
    assert [file.suffix for file in tmp_path.iterdir()] == [".part"]
    run.send_signal(sent)
    assert run.wait(timeout=120) == 130
    assert list(tmp_path.iterdir()) == []
    assert b"Traceback" not in run.stderr.read()
    for pipe in (run.stdin, run.stdout, run.stderr):
        pipe.close()
