"""How long a user waits: `python benchmarks/start_up.py --rounds N`.

`detente --help`, and `detente code FILE` until its first record is on standard output, each started anew as often as
there are rounds, after one start that does not count (Python keeps what it has compiled then). Clock time, which other
programs on the machine lengthen, and processor time, which they hardly do.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from measure import articles, load

COMMAND = str(Path(sys.executable).parent / "detente")


@dataclass(frozen=True, slots=True)
class Wait:
    """Median seconds on the clock and of the processor."""

    clock: float
    processor: float


def waits(arguments: list[str], rounds: int) -> Wait:
    """Start the command and wait for its first line; what comes after is cut short."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    clock, processor = [], []
    for _ in range(1 + rounds):
        before = _spent()
        start = perf_counter()
        with subprocess.Popen(
            [COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            clock.append(perf_counter() - start)
            process.kill()
        if not first:
            sys.exit(f"detente {' '.join(arguments)}: printed nothing")
        processor.append(_spent() - before)
    return Wait(median(clock[1:]), median(processor[1:]))


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def start_up(rounds: int) -> tuple[Wait, Wait]:
    """The wait for the help, and for the first record of some articles."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        lines = (
            {"id": one.id, "text": one.text, "title": one.title, "published": str(one.published)}
            for one in articles(20, 600)
        )
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return waits(["--help"], rounds), waits(["code", str(file), "--format", "jsonl"], rounds)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Start-up.")
    parser.add_argument("--rounds", type=int, default=5)
    help_, record = start_up(parser.parse_args().rounds)
    print(f"{'':20} {'seconds':>8} {'of processor':>13}   {load()}")
    print(f"{'detente --help':20} {help_.clock:8.2f} {help_.processor:13.2f}")
    print(f"{'first record':20} {record.clock:8.2f} {record.processor:13.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
