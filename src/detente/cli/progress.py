"""What is seen on standard error while documents are coded: a bar, or, where the records appear, only a first sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from detente.reading import input_size


class Advance:
    """`read` is told of bytes read, `coded` after each document what there is so far. Without a bar neither shows."""

    def __init__(
        self, progress: Progress | None = None, *, total: int | None = None, until_first: bool = False
    ) -> None:
        self._progress = progress
        self._until_first = until_first
        self._task = progress.add_task("reading the tables and the parser", total=total) if progress else None

    def read(self, count: int) -> None:
        """So many bytes more of the input were read."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, count)

    def coded(self, said: str) -> None:
        """One document more is coded."""
        if self._progress is not None and self._task is not None:
            if self._until_first:
                self._progress.stop()
                self._progress = None
            else:
                self._progress.update(self._task, description=said)


@contextmanager
def open_progress(talk: Console, paths: Sequence[str], *, shown: bool, quiet: bool) -> Iterator[Advance]:
    """A bar over the bytes under the paths, if `talk` is a terminal and not `quiet`.

    `shown`: the records go to the same terminal, so that a bar would be written over; a spinner shows until the first
    of them comes.
    """
    if quiet or not talk.is_terminal:
        yield Advance()
        return
    spinner, said = SpinnerColumn(), TextColumn("{task.description}")
    if shown:
        progress = Progress(spinner, said, console=talk, transient=True)
    else:
        measures = (BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        progress = Progress(spinner, said, *measures, console=talk, transient=True)
    with progress:
        yield Advance(progress, total=input_size(paths), until_first=shown)
