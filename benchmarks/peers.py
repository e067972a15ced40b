"""détente beside other programs on the same documents: `python benchmarks/peers.py --python PATH --rounds N`.

PATH is the interpreter of an environment that has the peer (`docs/scale.md` says how to make it); without it only
spaCy alone and détente run. The systems take turns, each in a process of its own, on the same articles of 600 words;
figures are medians over the rounds, of processor time, and ratios within a round.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from measure import CORPUS, articles, load

WORDS = 600
FLOOR = "spacy"


def run(python: str, system: str, file: Path) -> dict[str, Any]:
    """What `peer.py` prints of a system.

    Raises:
        subprocess.CalledProcessError: it failed; what it said is on standard error.
    """
    command = [python, str(Path(__file__).with_name("peer.py")), system, str(file)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return answer


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Side by side.")
    parser.add_argument("--python", help="interpreter of an environment with textacy")
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not CORPUS.is_file():
        print(f"{CORPUS}: the corpus is not here", file=sys.stderr)
        return 2
    systems = {FLOOR: sys.executable, "rules": sys.executable, "detente": sys.executable}
    if options.python:
        systems["textacy"] = options.python
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in systems}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        lines = ({"text": one.text, "published": str(one.published)} for one in articles(options.documents, WORDS))
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        for _ in range(options.rounds):
            for name, python in systems.items():
                told[name].append(run(python, name, file))
    print(f"{options.documents} articles of {WORDS} words, {options.rounds} rounds in turn, medians; {load()}")
    print(f"{'':10} {'documents/s':>11} {'spaCy = 1':>9} {'MB':>5}   found in a document")
    for name, rounds in told.items():
        seconds = median(one["seconds"] for one in rounds)
        ratio = median(a["seconds"] / b["seconds"] for a, b in zip(rounds, told[FLOOR], strict=True))
        memory = max(one["memory"] for one in rounds)
        found = ", ".join(f"{n / options.documents:.1f} {kind}" for kind, n in rounds[0]["found"].items())
        print(f"{name:10} {options.documents / seconds:11.1f} {ratio:9.2f} {memory:5.0f}   {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
