"""Plots of what the ledger knows, as SVG, PNG, PDF, HTML or the rows behind them.

make_plot(kind, path, countries, since=None, until=None, freq=None) -> Plot    one of `KINDS`
Plot.chart(theme) -> altair chart      Plot.rows -> pyarrow.Table      Plot.title, .subtitle, .notes
rendered(plot, format, theme) -> bytes                                         one of `FORMATS`, `THEMES`
format_for(file) -> format
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from detente.analysis.load import load_dossier
from detente.analysis.plots.contacts import contacts_plot
from detente.analysis.plots.issues import issues_plot
from detente.analysis.plots.map import map_plot
from detente.analysis.plots.model import Plot
from detente.analysis.plots.network import network_plot
from detente.analysis.plots.series import series_plot
from detente.analysis.plots.theme import THEMES
from detente.analysis.plots.write import FORMATS, format_for, rendered
from detente.errors import OptionError

__all__ = ["FORMATS", "KINDS", "THEMES", "Plot", "format_for", "make_plot", "rendered"]

_OF_TWO: Final = ("series", "contacts", "issues")
KINDS: Final = (*_OF_TWO, "network", "map")


def make_plot(
    kind: str,
    path: Path,
    countries: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    freq: str | None = None,
) -> Plot:
    """The plot of a kind (`KINDS`) out of a ledger.

    Args:
        countries: ISO alpha-3 codes; two of series, contacts and issues, as many as wanted of network and map.
        since: first day; default: of a series the first that is known, else a year before the last.
        until: last day; default: the last on which a document was published.
        freq: of a series: day, week, month or quarter; default month.

    Raises:
        OptionError: the kind is not known, an argument does not go with it, or there is nothing to plot.
        LedgerError: there is no ledger there, it stays in use, or nothing of the two countries is in it.
    """
    if kind not in KINDS:
        raise OptionError(f"plot {kind!r} is not known ({', '.join(KINDS)})")
    if len(set(countries)) < len(countries):
        raise OptionError(f"{' '.join(countries)}: a country is named twice")
    if freq is not None and kind != "series":
        raise OptionError(f"--freq {freq}: {kind} has no periods; only series has")
    if kind not in _OF_TWO:
        return (network_plot if kind == "network" else map_plot)(path, countries, since, until)
    if len(countries) != 2:
        raise OptionError(
            f"{kind} is of two countries; {len(countries)} {'is' if len(countries) == 1 else 'are'} given"
        )
    dyad = (countries[0], countries[1])
    if kind == "series":
        return series_plot(path, dyad, freq or "month", since, until)
    return (contacts_plot if kind == "contacts" else issues_plot)(path, load_dossier(path, dyad, since, until))
