"""What is said to the user on standard error while documents are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.console import Console

from detente.cli.printable import printable
from detente.errors import InputError

# Lines about one file: a table of 200,000 rows that are wrong in the same way should not fill the screen.
_MOST_FAULTS: Final = 20


class Talk:
    """Prints faults and notes, and counts the faults."""

    def __init__(self, *, quiet: bool) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.quiet = quiet
        self.faults = 0
        self._told: Counter[str] = Counter()

    def fault(self, fault: InputError) -> None:
        """Something was set aside; the faults of one source beyond the twentieth are only counted."""
        self.faults += 1
        self._told[fault.source] += 1
        if self._told[fault.source] <= _MOST_FAULTS:
            self._print(f"detente: {fault}")
        elif self._told[fault.source] == _MOST_FAULTS + 1:
            self._print(f"detente: {fault.source}: more faults of this file are counted, not shown")

    def set_aside(self, lines: Sequence[str], number: int) -> None:
        """Elsewhere so many were set aside; these are the first lines about them."""
        self.faults += number
        for line in lines[:_MOST_FAULTS]:
            self._print(f"detente: {line}")
        if number > len(lines[:_MOST_FAULTS]):
            self._print(f"detente: {number - len(lines[:_MOST_FAULTS]):,} more of this shard are counted, not shown")

    def note(self, note: str) -> None:
        """Something was guessed."""
        self.say(f"note: {note}")

    def say(self, said: str) -> None:
        """A line that `--quiet` leaves out."""
        if not self.quiet:
            self._print(said)

    def always(self, said: str) -> None:
        """A line that `--quiet` does not leave out."""
        self._print(f"detente: {said}")

    @property
    def aside(self) -> str:
        """What to add to a summary, if anything was set aside."""
        return f", {self.faults} set aside" if self.faults else ""

    def _print(self, line: str) -> None:
        self.console.print(printable(line), markup=False)
