"""The gate: figures may not fall below their pinned floors, on the very data they were pinned on.

`floors.toml` has a table for each evaluation: `sha256` of its data, `[NAME.floors]` and `[NAME.ceilings]` by figure,
and `lowered`, the reasons given whenever a bound was loosened. `pin` alone writes it, and refuses to loosen without
one; `run` is what `detente evaluate --gate` does.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError, OptionError
from detente.evaluation import evaluate
from detente.evaluation.data import MissingData
from detente.evaluation.report import CoderLike, Report

FLOORS: Final = Path(__file__).with_name("floors.toml")
# Floors are pinned this many digits deep, downwards, so that a last digit does not fail the gate.
DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is pinned for one evaluation."""

    sha256: str
    floors: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)
    lowered: tuple[str, ...] = ()


def read_floors(path: Path = FLOORS) -> dict[str, Bounds]:
    """The pinned bounds by evaluation.

    Raises:
        InputError: the file is missing, is not TOML, or a table lacks `sha256` or has a bound that is no number.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InputError(str(path), f"cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise InputError(str(path), f"not TOML: {fault}") from fault
    return {name: _bounds(name, table, path) for name, table in tables.items()}


def _bounds(name: str, table: Any, path: Path) -> Bounds:
    if not isinstance(table, dict) or not isinstance(table.get("sha256"), str):
        raise InputError(str(path), "no sha256", where=f"[{name}]", right='sha256 = "…" and [NAME.floors]')
    for kind in ("floors", "ceilings"):
        for figure, value in table.get(kind, {}).items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise InputError(str(path), f"{figure} is not a number", where=f"[{name}.{kind}]")
    return Bounds(table["sha256"], table.get("floors", {}), table.get("ceilings", {}), tuple(table.get("lowered", ())))


def check(report: Report, bounds: Bounds) -> list[str]:
    """A line for each way in which a report fails its bounds; empty when it passes."""
    if report.sha256 != bounds.sha256:
        return [
            f"{report.name}: the data is not what the floors were pinned on "
            f"(sha256 {report.sha256[:12]}…, pinned {bounds.sha256[:12]}…): {report.data}"
        ]
    faults = []
    for figure in [*bounds.floors, *bounds.ceilings]:
        if figure not in report.figures:
            faults.append(f"{report.name}: no figure {figure}")
    for figure, least in bounds.floors.items():
        if report.figures.get(figure, least) < least:
            faults.append(f"{report.name}: {figure} {report.figures[figure]:.4f} is below its floor {least:g}")
    for figure, most in bounds.ceilings.items():
        if report.figures.get(figure, most) > most:
            faults.append(f"{report.name}: {figure} {report.figures[figure]:.4f} is above its ceiling {most:g}")
    return faults


def run(coder: CoderLike, path: Path = FLOORS) -> Iterator[tuple[str, Report | None, list[str]]]:
    """Each pinned evaluation in turn: its name, its report, and the ways in which it fails.

    The report is None, and the failure says so, where the data is not on this machine.

    Raises:
        InputError: the floors file or the data is malformed.
        OptionError: a table of the floors file names no evaluation.
    """
    for name, bounds in read_floors(path).items():
        try:
            report = evaluate(name, coder)
        except MissingData as fault:
            yield name, None, [f"{name}: {fault}"]
        else:
            yield name, report, check(report, bounds)


def loosened(old: Bounds, new: Bounds) -> list[str]:
    """The bounds of `old` that `new` drops or makes easier to pass."""
    lines = []
    for figure, least in old.floors.items():
        have = new.floors.get(figure)
        if have is None or have < least:
            lines.append(f"{figure} {least:g} → {'none' if have is None else f'{have:g}'}")
    for figure, most in old.ceilings.items():
        have = new.ceilings.get(figure)
        if have is None or have > most:
            lines.append(f"{figure} {most:g} → {'none' if have is None else f'{have:g}'}")
    return lines


def unexplained(old: Mapping[str, Bounds], new: Mapping[str, Bounds]) -> list[str]:
    """A line for each bound that a newer floors file loosens without a new entry in `lowered`."""
    lines = []
    for name, bounds in old.items():
        now = new.get(name, Bounds(""))
        if len(now.lowered) <= len(bounds.lowered):
            lines += [f"{name}: {line}" for line in loosened(bounds, now)]
    return lines


def pin(
    report: Report,
    floors: Iterable[str],
    ceilings: Iterable[str] = (),
    *,
    path: Path = FLOORS,
    reason: str = "",
) -> Bounds:
    """Pin the named figures of a report at what they are now, in `path`; other evaluations' bounds stay.

    Bounds already pinned for this evaluation are kept and only tightened, unless `reason` is given.

    Raises:
        OptionError: a figure is not in the report; or a bound would be loosened, or the data changed, without a reason.
        InputError: the file is there and is not a floors file.
    """
    pinned = read_floors(path) if path.exists() else {}
    old = pinned.get(report.name, Bounds(report.sha256))
    names = (dict.fromkeys([*old.floors, *floors]), dict.fromkeys([*old.ceilings, *ceilings]))
    missing = [figure for group in names for figure in group if figure not in report.figures]
    if missing:
        raise OptionError(f"{report.name} has no figure {', '.join(missing)}")
    unit = 10**DIGITS
    new = Bounds(
        report.sha256,
        {figure: floor(report.figures[figure] * unit + 1e-9) / unit for figure in names[0]},
        {figure: ceil(report.figures[figure] * unit - 1e-9) / unit for figure in names[1]},
        old.lowered,
    )
    changes = loosened(old, new)
    changes += ["new data"] if old.sha256 != report.sha256 else []
    if changes and not reason:
        raise OptionError(
            f"{report.name}: {'; '.join(changes)}: a bound is loosened only with a reason (--reason TEXT)"
        )
    if changes:
        new = Bounds(new.sha256, new.floors, new.ceilings, (*old.lowered, f"{'; '.join(changes)}: {reason}"))
    path.write_text(_toml({**pinned, report.name: new}), encoding="utf-8")
    return new


def _toml(pinned: Mapping[str, Bounds]) -> str:
    # JSON strings and numbers are TOML ones.
    head = "\n".join(line for line in FLOORS.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    blocks = [head]
    for name, bounds in sorted(pinned.items()):
        lines = [f"[{name}]", f"sha256 = {json.dumps(bounds.sha256)}"]
        if bounds.lowered:
            lines.append(f"lowered = {json.dumps(list(bounds.lowered), ensure_ascii=False)}")
        for kind, values in (("floors", bounds.floors), ("ceilings", bounds.ceilings)):
            if values:
                lines += [
                    f"[{name}.{kind}]",
                    *(f"{json.dumps(figure)} = {value:g}" for figure, value in values.items()),
                ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
