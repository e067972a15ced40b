"""A series: what each side did to the other, how sure that is, and where the relation changed its level.

series_plot(path: Path, dyad: Dyad, freq: str, since: date | None, until: date | None) -> Plot
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from detente.analysis import desk
from detente.analysis.plots.model import Plot
from detente.analysis.plots.series_draw import Given, draw
from detente.analysis.plots.series_words import from_to, told
from detente.analysis.plots.sources import table_note
from detente.analysis.series import Change, changes, series
from detente.errors import OptionError
from detente.ledger import lookups, reading
from detente.ledger.told import heads
from detente.lexicon import load_lexicon
from detente.relations import Dyad, dyad_of

_DAY: Final = timedelta(days=1)
_COLUMNS: Final = (
    *("direction", "period", "start", "end", "documents", "documents_dyad", "episodes"),
    *("score", "score_low", "score_high"),
)


def series_plot(
    path: Path, dyad: Dyad, freq: str = "month", since: date | None = None, until: date | None = None
) -> Plot:
    """Mean PLOVER score in each direction with its band, the number of episodes below, and the changes of both. `freq`
    and the days are those of `detente.analysis.series.series`; only governments count.

    Raises:
        LedgerError: there is no ledger there, it stays in use, or nothing of the dyad is in it.
        OptionError: an argument has a value that is not allowed, or no episode lies in these days.
    """
    pair = dyad_of(*dyad)
    table = series(path, pair, freq, since=since, until=until)
    rows = tuple(table.select(_COLUMNS).to_pylist())
    if not any(row["episodes"] for row in rows):
        span = desk.days(rows[0]["start"], rows[-1]["end"]) if rows else "these days"
        raise OptionError(f"{path}: no episode between {dyad[0]} and {dyad[1]} is filed for {span}; nothing to plot")
    known = load_lexicon().countries
    one, other = (known[iso].name if iso in known else iso for iso in dyad)
    names = {f"{dyad[0]}>{dyad[1]}": f"{one} → {other}", f"{dyad[1]}>{dyad[0]}": f"{other} → {one}"}
    given = Given(rows, changes(path, pair, freq, since=since, until=until), names)
    last = given.stop - _DAY
    with reading(path) as connection:
        sources = lookups.sources(connection, pair, last)
        fit = [source.document for source in sources.values() if source.published and source.published >= given.first]
        note = table_note(path, heads(connection, fit))
    the_one, the_other = desk.country_in_text(one), desk.country_in_text(other)
    return Plot(
        kind="series",
        title=f"What {the_one} and {the_other} do to each other",
        subtitle=(
            f"Mean PLOVER score by {freq} and number of episodes, government to government, "
            f"{desk.days(given.first, last)}"
        ),
        notes=(
            *told(given.changes),
            *(
                ["A numbered line marks each change, the level lines what both sides did before and after."]
                if given.changes
                else []
            ),
            "Score from −10 (assault) to 10 (aid), weighted by confidence. Band: 90 %, bootstrap over documents; "
            "hollow: too few documents for one. Where nothing is drawn no episode is known; shaded: no document.",
            note,
        ),
        rows=_with_changes(rows, given.changes),
        draw=partial(draw, given),
    )


def _with_changes(rows: Sequence[dict[str, Any]], found: Sequence[Change]) -> pa.Table:
    """The rows, with what changed in that period in the direction `both`."""
    by_period: dict[str, list[str]] = {}
    for change in found:
        by_period.setdefault(change.period, []).append(f"{change.measure} {from_to(change)}")
    said = ["; ".join(by_period.get(row["period"], ())) if row["direction"] == "both" else "" for row in rows]
    return pa.Table.from_pylist(list(rows)).append_column("change", pa.array(said, pa.string()))
