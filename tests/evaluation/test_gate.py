from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError, OptionError
from detente.evaluation import Report
from detente.evaluation.gate import FLOORS, Bounds, check, pin, read_floors, run, unexplained

REPORT = Report(
    name="seed",
    data="gold.json",
    sha256="ab",
    items=13,
    figures={"event.f1": 0.81237, "must_not.broken": 0.0, "x": 0.02},
)


def test_a_figure_at_its_floor_passes_and_below_it_fails() -> None:
    assert check(REPORT, Bounds("ab", {"event.f1": 0.81}, {"must_not.broken": 0})) == []
    assert check(REPORT, Bounds("ab", {"event.f1": 0.82})) == ["seed: event.f1 0.8124 is below its floor 0.82"]
    assert check(REPORT, Bounds("ab", {}, {"x": 0.01})) == ["seed: x 0.0200 is above its ceiling 0.01"]


def test_other_data_and_missing_figures_fail() -> None:
    assert "not what the floors were pinned on" in check(REPORT, Bounds("cd"))[0]
    assert check(REPORT, Bounds("ab", {"recall": 0.1})) == ["seed: no figure recall"]


def test_pinning_rounds_downwards_and_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pin(REPORT, ["event.f1"], ["x"], path=path)
    pin(replace(REPORT, name="coref"), ["event.f1"], path=path)
    assert read_floors(path)["seed"] == Bounds("ab", {"event.f1": 0.812}, {"x": 0.02})
    assert set(read_floors(path)) == {"seed", "coref"}
    assert check(REPORT, read_floors(path)["seed"]) == []


def test_a_floor_is_raised_silently_and_lowered_only_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pin(REPORT, ["event.f1"], ["x"], path=path)
    better = replace(REPORT, figures={"event.f1": 0.9, "x": 0.01})
    assert pin(better, [], path=path) == Bounds("ab", {"event.f1": 0.9}, {"x": 0.01})
    with pytest.raises(
        OptionError, match=r"event.f1 0.9 → 0.812; x 0.01 → 0.02: a bound is loosened only with a reason"
    ):
        pin(REPORT, [], path=path)
    assert read_floors(path)["seed"].floors == {"event.f1": 0.9}
    pin(REPORT, [], path=path, reason="the marking of E3 was wrong")
    assert read_floors(path)["seed"].lowered == ("event.f1 0.9 → 0.812; x 0.01 → 0.02: the marking of E3 was wrong",)


def test_changed_data_needs_a_reason_too(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    pin(REPORT, ["event.f1"], path=path)
    with pytest.raises(OptionError, match="new data"):
        pin(replace(REPORT, sha256="cd"), ["event.f1"], path=path)


def test_a_figure_that_is_not_there_cannot_be_pinned(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"seed has no figure event\.f2"):
        pin(REPORT, ["event.f2"], path=tmp_path / "floors.toml")


def test_two_versions_of_the_floors_are_compared() -> None:
    old = {"seed": Bounds("ab", {"event.f1": 0.8}), "coref": Bounds("ab", {"accuracy": 0.7})}
    new = {"seed": Bounds("ab", {"event.f1": 0.7})}
    assert unexplained(old, new) == ["seed: event.f1 0.8 → 0.7", "coref: accuracy 0.7 → none"]
    told = {"seed": Bounds("ab", {"event.f1": 0.7}, lowered=("event.f1 0.8 → 0.7: marking",)), "coref": old["coref"]}
    assert unexplained(old, told) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[seed", "not TOML"),
        ("[seed]\n", "no sha256"),
        ('[seed]\nsha256="a"\n[seed.floors]\nf1=true\n', "f1 is not a number"),
    ],
)
def test_a_malformed_floors_file_is_an_error(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_floors(path)


def test_the_gate_runs_what_is_pinned_and_says_when_data_is_missing(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[seed]\nsha256 = "ab"\n[examples]\nsha256 = "ab"\n', encoding="utf-8")
    monkeypatch.setenv("DETENTE_SHARED", str(tmp_path / "nowhere"))
    outcome = {name: (report, faults) for name, report, faults in run(make.coder({}), path)}
    assert outcome["seed"][0] is None
    assert "no such evaluation data" in outcome["seed"][1][0]
    assert outcome["examples"][0] is not None
    assert "not what the floors were pinned on" in outcome["examples"][1][0]


def test_the_pinned_floors_are_well_formed() -> None:
    for name, bounds in read_floors(FLOORS).items():
        assert len(bounds.sha256) == 64, name
