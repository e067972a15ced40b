"""Scorers for every gold format, and the gate that keeps their figures from falling.

`EVALUATIONS` maps the NAME of `detente evaluate NAME` to the module that scores it; `load` imports it when asked for.
Every such module has `evaluate(coder, data) -> Report`; `data` None stands for the default file of that format.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final, cast

from detente.errors import OptionError
from detente.evaluation.report import CoderLike, Evaluation, Report

EVALUATIONS: Final[dict[str, str]] = {
    "seed": "detente.evaluation.seed",
    "examples": "detente.evaluation.examples",
    "unseen": "detente.evaluation.unseen",
    "coref": "detente.evaluation.coref",
    "plover_pairs": "detente.evaluation.plover_pairs",
    "readout_contacts": "detente.evaluation.readout_contacts",
    "us_travel": "detente.evaluation.us_travel",
    "us_travel_all": "detente.evaluation.us_travel_all",
    "attribution": "detente.evaluation.attribution",
    "meantime": "detente.evaluation.meantime",
    "factuality": "detente.evaluation.factuality",
    "geoparsing": "detente.evaluation.geoparsing",
    "commitments": "detente.evaluation.commitments",
    "behaviour": "detente.evaluation.behaviour",
    "ablation": "detente.evaluation.ablation",
    "episodes": "detente.evaluation.episodes",
    "contacts": "detente.evaluation.contacts",
    "series_simulation": "detente.evaluation.series_simulation",
}


def load(name: str) -> Evaluation:
    """The evaluation of that name.

    Raises:
        OptionError: there is none.
    """
    if name not in EVALUATIONS:
        raise OptionError(f"no evaluation {name!r}; there are: {', '.join(EVALUATIONS)}")
    return cast(Evaluation, import_module(EVALUATIONS[name]).evaluate)


def evaluate(name: str, coder: CoderLike, data: Path | None = None) -> Report:
    """Score a coder on the gold of that name, or on another file of the same format.

    Raises:
        OptionError: there is no evaluation of that name.
        InputError: the data is missing or not in its format.
    """
    return load(name)(coder, data)


__all__ = ["EVALUATIONS", "CoderLike", "Evaluation", "Report", "evaluate", "load"]
