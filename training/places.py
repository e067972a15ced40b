"""Fit the weights of `coding/place_senses.py`: `python training/places.py GOLD [--out FILE]`.

GOLD is the folder `../shared/gold/geoparsing`. A conditional logit over the senses of each name, fitted by gradient
ascent with a small ridge on the even-numbered documents of the three sets; the odd ones are left to measure on. A sense
is right when it lies within 161 km of where the gold puts the name. Each document has the same say in every set.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from detente.coding.place_senses import FEATURES, Context, Problem, features, guess_home, pose, shares
from detente.evaluation.data import read_jsonl
from detente.evaluation.geoparsing import SETS, gold_names, kilometres, rows_that_count
from detente.lexicon.places import Gazetteer, load_gazetteer

RIDGE = 0.002
ROUNDS = 4
TABLE = Path(__file__).parents[1] / "src" / "detente" / "lexicon" / "data" / "place_weights.tsv"
CONTEXT = ("held", "not_held", "loosely_held", "same_elsewhere", "country_share", "division_share", "near_30",
           "near_160", "near_600", "holds_others")  # fmt: skip
# Set by hand. No set tells the publisher's division, nor what acts. Commas
# hold ("Paris, Texas") far more surely in texts on states than in the sets' lists of towns: held_* decide.
BY_HAND = {"home_division": 1.0, "held": 3.0, "not_held": -3.0, "acting_capital": 3.0}


def problems(gold: Path, gazetteer: Gazetteer) -> list[tuple[Problem, np.ndarray, float]]:
    """Each even document's problem, with which senses are right, and its weight."""
    found = []
    for name in SETS:
        documents = list(read_jsonl(gold / f"{name}.jsonl"))
        for document in documents[::2]:
            rows = rows_that_count(document)
            context = Context(home_country=guess_home(document["text"]))
            problem = pose(gold_names(document["text"], rows), gazetteer, context)
            right = np.zeros(len(problem.rows), bool)
            for at, row in enumerate(rows):
                group = problem.group_of[at]
                if group < 0:
                    continue
                for sense in range(problem.bounds[group], problem.bounds[group + 1]):
                    place = int(problem.rows[sense])
                    here = (float(gazetteer.lat[place]), float(gazetteer.lon[place]))
                    right[sense] |= kilometres(here, (row["lat"], row["lon"])) <= 161.0
            if right.any():
                found.append((problem, right, 1.0))
    return found


def fit(cases: list[tuple[np.ndarray, Problem, np.ndarray, float]], free: np.ndarray) -> np.ndarray:
    """Weights that make the right senses likely; columns outside `free` keep the weight set by hand."""
    weights = np.array([BY_HAND.get(name, 0.0) for name in FEATURES])
    velocity = np.zeros(len(FEATURES))
    square = np.zeros(len(FEATURES))
    for step in range(1, 401):
        gradient = -RIDGE * len(cases) * weights  # shrinks towards 0
        for columns, problem, right, weight in cases:
            belief = shares(problem, columns @ weights)
            starts = problem.bounds[:-1]
            known = np.add.reduceat(right.astype(float), starts) > 0
            mass = np.add.reduceat(belief * right, starts)
            wanted = np.where(right, belief / np.maximum(mass, 1e-12)[problem.owner], 0.0)
            by_sense = (wanted - belief) * known[problem.owner] * np.sqrt(problem.counts)[problem.owner]
            gradient += weight * (by_sense @ columns)
        gradient = gradient * free
        velocity = 0.9 * velocity + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.05 / (1 + step / 150)
        weights += rate * (velocity / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    arguments = parser.parse_args()
    gazetteer = load_gazetteer()
    cases = problems(arguments.gold, gazetteer)
    fixed = np.array([name not in CONTEXT and name not in BY_HAND for name in FEATURES])
    every = np.array([name not in BY_HAND for name in FEATURES])
    first = fit([(problem.fixed, problem, right, weight) for problem, right, weight in cases], fixed)
    later = first
    beliefs = [shares(problem, problem.fixed @ first) for problem, _, _ in cases]
    for _ in range(ROUNDS):
        laid = [
            (features(problem, belief), problem, right, weight)
            for (problem, right, weight), belief in zip(cases, beliefs, strict=True)
        ]
        later = fit(laid, every)
        beliefs = [shares(problem, columns @ later) for columns, problem, _, _ in laid]
    lines = [
        "# Weights of coding/place_senses.py, fitted by training/places.py on the even documents of three sets;",
        f"# {', '.join(BY_HAND)} are set by hand. first: without context; later: with the other names.",
        "feature\tfirst\tlater",
        *(f"{name}\t{first[at]:.3f}\t{later[at]:.3f}" for at, name in enumerate(FEATURES)),
    ]
    arguments.out.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
