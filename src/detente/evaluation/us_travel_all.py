"""`detente evaluate us_travel_all`: as `us_travel`, on all documents that may tell of a leader's visit.

These are some 28 million characters: it takes the better part of an hour.
"""

from __future__ import annotations

from pathlib import Path

from detente.evaluation import us_travel
from detente.evaluation.report import CoderLike, Report


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score visits found in documents of every length (see `us_travel.evaluate`)."""
    return us_travel.evaluate(coder, data, longest=0, every=1)
