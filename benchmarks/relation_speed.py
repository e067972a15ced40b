"""Speed of the relation model: `python benchmarks/relation_speed.py --pairs N --model FOLDER`.

Questions are a seeded sample of the sentences the model learned from (`training/relation/sentences`). The model runs on
one thread. In batches of 1 each question is a call of `RelationModel.read`; in batches of 32 one call has them all, and
the model itself puts 32 of about one length together. Marking, tokenising and naming the answers count in. Where other
programs keep the machine busy, compare processor time.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time

from measure import peak

from detente.coding.question import Question
from detente.coding.relation import RelationModel

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "detente" / "coding" / "model"
SEED = 7
# Questions answered before the clock runs.
WARM = 32


def questions(number: int) -> list[Question]:
    """A sample of the training sentences, the same each time."""
    # The folder of training is no part of the package.
    sys.path.append(str(ROOT))
    from training.relation.examples import written

    known = [one.question for one in written()]
    return random.Random(SEED).sample(known, min(number, len(known)))


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    start, busy = perf_counter(), process_time()
    work()
    return perf_counter() - start, process_time() - busy


def processor() -> str:
    """The name the system has for the processor."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def main() -> int:
    """Measure and print; the exit status is 2 if there is no model."""
    parser = argparse.ArgumentParser(description="Speed of the relation model.")
    parser.add_argument("--pairs", type=int, default=640)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    weights = options.model / "relation.onnx"
    if not weights.is_file():
        print(
            f"{options.model}: no model here (name a folder with --model, or make one with make train)", file=sys.stderr
        )
        return 2
    asked = questions(options.pairs)
    words = sum(len(question.text.split()) for question in asked)
    before = peak()
    loading, _ = clocked(lambda: RelationModel(options.model))
    model = RelationModel(options.model)
    model.read(asked[:WARM])
    runs = {
        "batches of 1": lambda: [model.read([question]) for question in asked],
        "batches of 32": lambda: model.read(asked),
    }
    threads = f"{os.cpu_count()} cores, one used"
    print(f"{processor()}, {threads}; Python {platform.python_version()}, onnxruntime {version('onnxruntime')}")
    print(f"{model.version}: relation.onnx {weights.stat().st_size / 1e6:.1f} MB; load {loading:.2f} s")
    print(f"{len(asked)} pairs, {words / max(len(asked), 1):.0f} words each")
    print(f"{'':14} {'seconds':>8} {'pairs/s':>8}   {'processor s':>11} {'pairs/s':>8}")
    for name, work in runs.items():
        whole, busy = clocked(work)
        print(f"{name:14} {whole:8.2f} {len(asked) / whole:8.0f}   {busy:11.2f} {len(asked) / busy:8.0f}")
    print(f"memory         {peak() - before:8.0f} MB more than before loading")
    return 0


if __name__ == "__main__":
    sys.exit(main())
