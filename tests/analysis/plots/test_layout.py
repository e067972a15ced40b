from __future__ import annotations

from itertools import combinations
from math import hypot

from detente.analysis.plots.layout import positions

STAR = [("USA", other) for other in ("CHN", "RUS", "JPN", "KOR", "MEX", "CAN")]


def test_places_are_in_the_picture_apart_and_the_same_every_time() -> None:
    nodes = ["USA", "CHN", "RUS", "JPN", "KOR", "MEX", "CAN"]
    found = positions(nodes, STAR)
    assert found == positions(nodes, STAR)
    assert list(found) == nodes
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.values())
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(found.values(), 2)) > 0.1


def test_those_who_deal_with_each_other_stand_nearer() -> None:
    nodes = ["NOR", "SWE", "FIN", "IND", "PAK"]
    found = positions(nodes, [("NOR", "SWE"), ("SWE", "FIN"), ("NOR", "FIN"), ("IND", "PAK")])

    def apart(one: str, other: str) -> float:
        return hypot(found[one][0] - found[other][0], found[one][1] - found[other][1])

    assert max(apart("NOR", "SWE"), apart("SWE", "FIN")) < apart("NOR", "IND")


def test_small_networks_have_a_place_too() -> None:
    assert positions(["NOR"], []) == {"NOR": (0.5, 0.5)}
    assert len(set(positions(["NOR", "SWE"], [("NOR", "SWE")]).values())) == 2
