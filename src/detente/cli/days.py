"""Days as a user gives them."""

from __future__ import annotations

from datetime import date

from detente.errors import OptionError


def parse_day(option: str, text: str | None) -> date | None:
    """The day that an option gives, None if it is not given.

    Raises:
        OptionError: it is no day.
    """
    from detente.reading import parse_date

    try:
        return parse_date(text) if text is not None else None
    except ValueError as fault:
        raise OptionError(f"{option}: {fault}") from fault
