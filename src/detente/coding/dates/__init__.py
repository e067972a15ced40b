"""Time expressions: found, resolved against publication, and given to events."""

from detente.coding.dates.attach import date_for
from detente.coding.dates.find import dates_ahead, find_dates

__all__ = ["date_for", "dates_ahead", "find_dates"]
