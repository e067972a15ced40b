"""One direction of a dyad as signals in which a change of level can be looked for."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.analysis.series.entries import DIRECTIONS, entries_of
from detente.analysis.series.make import Given
from detente.analysis.series.tally import documents_of, whole

# score: mean score; episodes: how many; rate: how many for each document published.
MEASURES: Final = ("score", "episodes", "rate")
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


class Signals:
    """The entries of one direction (0 both, 1 forward, 2 backward) of the one dyad that is given, by period.

    Of each entry: `row` of the table, `period` (0 is the first of the window), `type`, `score`, `weight` (confidence, 0
    without a score). Of each period: `count` of entries, `documents`.
    """

    def __init__(self, given: Given, direction: int) -> None:
        self.window = given.window
        places = {given.dyads[0]: 0}
        entries = entries_of(given.rows, places, given.window)
        inside = entries.slot > 0
        mine = np.flatnonzero((entries.line % DIRECTIONS == direction) & inside)
        self.row, self.period, self.type = entries.row[mine], entries.slot[mine] - 1, entries.type[mine]
        self.score, self.weight = entries.score[mine], (entries.confidence * entries.scored)[mine]
        self.count = self.sum(np.ones(len(mine)))
        self.documents = documents_of(given.documents, places, given.window)[0]
        # What is told of a period later does not count it, and of one at the edge only some days are known.
        self._counted = (self.documents > 0) & whole(given.documents, given.window)

    def sum(self, values: Numbers) -> Numbers:
        """The sum of the entries' values in each period."""
        return np.bincount(self.period, values, minlength=self.window.count).astype(np.float64)

    def signal(self, measure: str) -> tuple[Places, Numbers, Numbers]:
        """The periods that have a value, their values, and one over the variance of each (but for a factor)."""
        if measure == "score":
            return self._scores()
        # The root makes the spread of counts the same at every level (Anscombe 1948, Biometrika 35: 246-254).
        at = np.flatnonzero(self._counted)
        exposure = self.exposure(measure)[at]
        return at, 2 * np.sqrt((self.count[at] + 3 / 8) / exposure), exposure

    def exposure(self, measure: str) -> Numbers:
        """What a count is divided by."""
        return self.documents if measure == "rate" else np.ones(self.window.count)

    def level(self, periods: Places, measure: str) -> float:
        """Mean score, or count for each period or document, of some periods."""
        if measure == "score":
            mine = np.isin(self.period, periods)
            return float((self.weight * self.score)[mine].sum() / self.weight[mine].sum())
        return float(self.count[periods].sum() / self.exposure(measure)[periods].sum())

    def _scores(self) -> tuple[Places, Numbers, Numbers]:
        """Mean scores. The variance of one has two parts: that of a score over the number of scores, and that of the
        periods among themselves, which is what the differences of neighbours have beyond the first."""
        mass = self.sum(self.weight)
        at = np.flatnonzero(mass > 0)
        if not len(at):
            return at, np.zeros(0), np.zeros(0)
        mean = np.zeros(self.window.count)
        mean[at] = self.sum(self.weight * self.score)[at] / mass[at]
        number = mass[at] ** 2 / self.sum(self.weight**2)[at]
        off = (self.weight * (self.score - mean[self.period]) ** 2).sum() / mass.sum()
        free = 1 - len(at) / number.sum()
        within = float(off / free) if free > 0 else 0.0
        between = float((np.diff(mean[at]) ** 2).mean() / 2 - within * (1 / number).mean()) if len(at) > 1 else 0.0
        variance = within / number + max(0.0, between)
        return at, mean[at], 1 / variance if variance.all() else number
