"""Time expressions: found, resolved against publication, and given to events."""

from detente.coding.dates.attach import date_for
from detente.coding.dates.find import find_dates

__all__ = ["date_for", "find_dates"]
