"""Net cooperation by month, with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from detente.analysis.brief_deeds import score
from detente.analysis.brief_model import Point
from detente.analysis.dossier import Dossier
from detente.relations import Episode

ABOUT: Final = (
    "Mean PLOVER score (from −10, assault, to 10, aid) of the episodes of a month that took place. The band holds 90 % "
    "of the means when the documents are drawn anew at random (bootstrap); months without coverage are gaps."
)
_DRAWS: Final = 500
_SEED: Final = 2023
# With fewer documents or episodes drawing anew says nothing of the uncertainty.
_FEWEST: Final = 3
_EMPTY: Final = timedelta(days=365)


def months_between(since: date, until: date) -> list[str]:
    """Every month from one day to the other as YYYY-MM."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]


def series(dossier: Dossier) -> tuple[Point, ...]:
    """One point a month of the period, but of at most a year before and after the days that anything is known of."""
    found = [
        (episode.start, episode)
        for episode in dossier.episodes
        if episode.realised
        and episode.start is not None
        and episode.end is not None
        and (episode.end - episode.start).days <= 31
        and dossier.within(episode.start, episode.end)
    ]
    days = [source.published for source in dossier.sources.values() if source.published] + [day for day, _ in found]
    if not days:
        return ()
    since, until = max(dossier.since, min(days) - _EMPTY), min(dossier.until, max(days) + _EMPTY)
    by_month: dict[str, list[Episode]] = {month: [] for month in months_between(since, until)}
    for day, episode in found:
        if day.isoformat()[:7] in by_month:
            by_month[day.isoformat()[:7]].append(episode)
    return tuple(_point(month, episodes) for month, episodes in by_month.items())


def _point(month: str, episodes: Sequence[Episode]) -> Point:
    documents = sorted({number for episode in episodes for number in episode.documents})
    if not episodes:
        return Point(month, None, None, None, 0, 0)
    scores = np.array([score(episode) for episode in episodes])
    mean = round(float(scores.mean()), 2)
    if min(len(documents), len(episodes)) < _FEWEST:
        return Point(month, mean, None, None, len(episodes), len(documents))
    low, high = _band(scores, episodes, documents)
    return Point(month, mean, low, high, len(episodes), len(documents))


def _band(scores: np.ndarray, episodes: Sequence[Episode], documents: list[str]) -> tuple[float, float]:
    """5th and 95th percentile of the mean over documents drawn with replacement; an episode counts when any document
    that tells it is drawn (Efron and Tibshirani 1993, percentile interval)."""
    place = {number: column for column, number in enumerate(documents)}
    tells = np.zeros((len(episodes), len(documents)))
    for row, episode in enumerate(episodes):
        tells[row, [place[number] for number in episode.documents]] = 1
    drawn = np.random.default_rng(_SEED).multinomial(len(documents), [1 / len(documents)] * len(documents), _DRAWS)
    present = (tells @ drawn.T > 0).astype(float)
    low, high = np.percentile(scores @ present / present.sum(axis=0), [5, 95])
    return round(float(low), 2), round(float(high), 2)
