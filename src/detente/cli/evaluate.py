"""`detente evaluate`: measure, pin, and hold to the floors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import OptionError
from detente.evaluation import EVALUATIONS, Report, load
from detente.settings import load_settings

if TYPE_CHECKING:
    from detente.coding import Coder


def run_evaluate(name: str | None, data: Path | None, predictions: Path | None, as_json: bool) -> None:
    """Measure one evaluation and print its report; without a name list them."""
    if name is None:
        print("\n".join(EVALUATIONS))
        return
    report = load(name)(_coder(), data)
    if predictions is not None:
        report.write_predictions(predictions)
    print(report.to_json() if as_json else readable(report))


def run_pin(name: str, data: Path | None, floors: str, ceilings: str, reason: str) -> None:
    """Measure and pin figures."""
    from detente.evaluation.gate import pin

    if not name:
        raise OptionError("which evaluation? detente evaluate NAME --pin FIGURE,FIGURE")
    report = load(name)(_coder(), data)
    print(pin(report, _names(floors), _names(ceilings), reason=reason))


def run_gate() -> int:
    """Hold every pinned figure to its floor; 0 if all hold, else 1."""
    from detente.evaluation.gate import run

    failed = 0
    for name, report, faults in run(_coder()):
        print(f"{'FAIL' if faults else 'ok  '}  {name}" + (f" ({report.items} items)" if report else ""), flush=True)
        for fault in faults:
            print(f"      {fault}", file=sys.stderr)
        failed += bool(faults)
    return 1 if failed else 0


def readable(report: Report) -> str:
    """A report as text: figures, then misses."""
    lines = [f"{report.name}: {report.items} items of {report.data}"]
    lines += [f"  {report.note}"] if report.note else []
    lines += [f"  {figure:32} {value:.4f}".rstrip("0").rstrip(".") for figure, value in report.figures.items()]
    lines += ["misses:", *(f"  {miss}" for miss in report.misses)] if report.misses else []
    return "\n".join(lines)


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _coder() -> Coder:
    # Imported when needed: to list the names, or to refuse one, should not take seconds.
    from detente.coding import Coder

    return Coder(**load_settings().for_coder)
