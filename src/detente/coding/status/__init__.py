"""Did it happen? The status of an event from grammar, cue words and dates."""

from detente.coding.status.decide import status_of
from detente.coding.status.reading import StatusReading

__all__ = ["StatusReading", "status_of"]
