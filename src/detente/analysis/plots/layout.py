"""Where the nodes of a network stand: near those they deal with, the same way every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, log2, pi, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

_ROUNDS: Final = 300
# Set by eye on networks of 4 to 25 countries.
_HUBS: Final = 0.4
_Matrix = NDArray[np.float64]


def positions(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """A place for each node, from 0 to 1 both ways.

    The places are those at which distances on the paper agree best with the number of steps between two nodes: stress
    majorisation (Gansner, Koren and North 2004), from a start on a circle in the order given. Parts that are not
    connected stand a step further apart than the farthest that are.
    """
    count = len(nodes)
    if count == 1:
        return {nodes[0]: (0.5, 0.5)}
    steps = _steps(nodes, edges)
    weights = np.where(np.eye(count, dtype=bool), 0.0, 1 / np.maximum(steps, 1) ** 2)
    angles = [2 * pi * i / count for i in range(count)]
    # Not quite on a circle: from equal distances nothing moves.
    places = np.array([[(1 + 0.1 * (i % 3)) * cos(a), (1 + 0.1 * (i % 3)) * sin(a)] for i, a in enumerate(angles)])
    for _ in range(_ROUNDS):
        places = _majorised(places, steps, weights)
    return _fitted(nodes, places)


def _steps(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> _Matrix:
    """The length of the way between any two nodes (Floyd and Warshall). An edge is one step long, more between two that
    have many edges, so that their neighbours have room."""
    at = {node: i for i, node in enumerate(nodes)}
    degrees = Counter(node for edge in edges for node in edge)
    steps = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(steps, 0.0)
    for one, other in edges:
        long = 1 + _HUBS * log2(min(degrees[one], degrees[other]))
        steps[at[one], at[other]] = steps[at[other], at[one]] = long
    for through in range(len(nodes)):
        steps = np.minimum(steps, steps[:, through, None] + steps[None, through, :])
    farthest = float(steps[np.isfinite(steps)].max())
    return np.where(np.isfinite(steps), steps, farthest + 1)


def _majorised(places: _Matrix, steps: _Matrix, weights: _Matrix) -> _Matrix:
    """One round: every node goes to where the others, as they stand, would have it on average."""
    apart = places[:, None, :] - places[None, :, :]
    lengths = np.maximum(np.linalg.norm(apart, axis=2), 1e-9)
    wanted = places[None, :, :] + apart * (steps / lengths)[:, :, None]
    moved: _Matrix = (weights[:, :, None] * wanted).sum(axis=1) / weights.sum(axis=1)[:, None]
    return moved


def _fitted(nodes: Sequence[str], places: _Matrix) -> dict[str, tuple[float, float]]:
    """Turned so that the longest way lies across, and stretched to fill the picture."""
    centred = places - places.mean(axis=0)
    angle = 0.5 * float(
        np.arctan2(2 * (centred[:, 0] * centred[:, 1]).sum(), (centred[:, 0] ** 2 - centred[:, 1] ** 2).sum())
    )
    turned = centred @ np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
    low, size = turned.min(axis=0), np.maximum(np.ptp(turned, axis=0), 1e-9)
    shares = np.where(size > 1e-6, (turned - low) / size, 0.5)
    return {node: (round(float(x), 3), round(float(y), 3)) for node, (x, y) in zip(nodes, shares, strict=True)}
