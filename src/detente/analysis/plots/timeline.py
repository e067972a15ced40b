"""The time axis that plots share, in UTC, so that no machine's own zone moves a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import altair as alt


def instant(day: date) -> int:
    """Milliseconds since 1970, as Vega counts."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def time_x(field: str, first: date, last: date, axis: alt.Axis | None = None) -> alt.X:
    """A place in time, in milliseconds, on a scale that runs from one day to the other."""
    scale = alt.Scale(domain=[_day(first), _day(max(last, first + timedelta(days=1)))], type="utc", nice=False)
    return alt.X(f"{field}:T", scale=scale, axis=axis)


def _day(day: date) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)


def time_axis(first: date, last: date) -> alt.Axis:
    """Years, months or days, by how long the time is; the year stands below its first month."""
    days = (last - first).days
    if days > 900:
        step = max(1, days // 365 // 12)
        return _axis({"interval": "year", "step": step}, "utcFormat(datum.value, '%Y')")
    if days > 75:
        label = _with_year("%b")
        return _axis({"interval": "month", "step": 1 if days < 700 else 3}, label)
    return _axis(
        {"interval": "day", "step": 1} if days <= 12 else {"interval": "week", "step": 1}, _with_year("%-d %b")
    )


def _with_year(form: str) -> str:
    first = "datum.index == 0 || (utcmonth(datum.value) == 0 && utcdate(datum.value) <= 7)"
    return f"[utcFormat(datum.value, '{form}'), {first} ? utcFormat(datum.value, '%Y') : '']"


def _axis(ticks: dict[str, object], label: str) -> alt.Axis:
    return alt.Axis(title=None, tickCount=ticks, labelExpr=label, labelOverlap=False, labelFlush=False)
