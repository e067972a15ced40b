"""Did it happen? The status of an event from grammar, cue words and dates."""

from detente.coding.status.decide import status_of
from detente.coding.status.reading import StatusReading
from detente.coding.status.verbs import is_asked

__all__ = ["StatusReading", "is_asked", "status_of"]
