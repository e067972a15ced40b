"""`detente panel` and `detente reproduce`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from detente.analysis.series import Asked
from detente.cli.add import count, ledger_path, summary
from detente.cli.printable import printable
from detente.cli.progress import open_progress
from detente.cli.talk import Talk
from detente.errors import OptionError
from detente.ledger.add import Added
from detente.lexicon.naming import dyads_among
from detente.publishing.panel import told_of
from detente.publishing.publish import publish_panel
from detente.publishing.reproduce import reproduce
from detente.reading import ReadOptions
from detente.settings import load_settings


def run_panel(
    db: Path | None,
    out: Path,
    countries: Sequence[str],
    every: bool,
    asked: Asked,
    format: str | None,
    made_from: Sequence[Path],
    listed: bool | None,
) -> None:
    """Write a panel and its papers, and say what was written.

    Raises:
        OptionError: neither or both of countries and `--all` are given, or a country or format is not known.
        LedgerError: there is no such ledger, or nothing of the source or of a dyad is in it.
    """
    if every == bool(countries):
        raise OptionError("name two countries or more, or say --all")
    dyads = None if every else dyads_among(countries)
    path, talk = ledger_path(db), Talk(quiet=False)
    left_out = sorted(set(dyads or ()) - set(told_of(path, dyads, asked.source))) if dyads else []
    if left_out:
        talk.note(f"left out, for nothing tells of them: {', '.join(map('-'.join, left_out))}")
    manifest = publish_panel(path, out, dyads, asked, format=format, made_from=made_from, listed=listed)
    for output in manifest.outputs:
        print(f"{output.sha256}  {printable(output.name)}")


def run_reproduce(manifest: Path, inputs: Sequence[str], out: Path | None, options: ReadOptions, quiet: bool) -> int:
    """Make what a manifest says again and print whether it is the same.

    Returns:
        0 if every byte is, else 1.

    Raises:
        InputError: the manifest or a file that it names cannot be read.
    """
    talk, tally = Talk(quiet=quiet), Counter[str]()
    with open_progress(talk.console, inputs, shown=False, quiet=quiet) as advance:
        # Imported here, when the sign of life is on the screen: it takes two seconds.
        from detente.coding import Coder

        def added(one: Added) -> None:
            count(tally, one)
            advance.coded(summary(tally))

        found = reproduce(
            manifest,
            inputs,
            coder=lambda: Coder(**load_settings().for_coder),
            options=options,
            out=out,
            on_error=talk.fault,
            on_note=talk.note,
            on_read=advance.read,
            on_added=added,
        )
    talk.say(f"{summary(tally)}{talk.aside}")
    for name in found.files:
        told = next((line for line in found.differences if line.startswith(f"{name}: ")), f"{name}: the same")
        print(printable(told))
    for cause in found.causes:
        print(printable(f"  what differs: {cause}"))
    return 0 if found.identical else 1
