"""`detente compare`: read and code two sides' accounts of one contact, compare them, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.analysis.claims import CONFIRMED, DENIED, Claim
from detente.analysis.compare import Comparison, SideView, compare, comparison_to_dict
from detente.analysis.passages import Account
from detente.analysis.render_markdown import plain
from detente.cli.printable import one_line
from detente.cli.talk import Talk
from detente.errors import InputError, OptionError
from detente.reading import ReadOptions, read_paths
from detente.records import Document
from detente.settings import load_settings

if TYPE_CHECKING:
    from detente.coding import Coder

FORMATS: Final = ("terminal", "md", "json")
# Between a file and the id of one of its documents: "readouts.jsonl#usa-2023-06-18".
_MARK: Final = "#"
_VERDICTS: Final = {CONFIRMED: "green", DENIED: "red"}
_WIDTH: Final = 120
# Readouts have long sentences; evidence is shown whole.
_SENTENCE: Final = 1000
_NEARLY_ALL: Final = 0.8


def run_compare(left: str, right: str, options: ReadOptions, format: str = "terminal") -> None:
    """Compare the documents of two files and print what was found, in one of `FORMATS`.

    A file may be followed by `#` and the id of the one document that is meant; without it all documents of the file are
    that side's account.

    Raises:
        OptionError: an unknown format, or texts that cannot be compared.
        InputError: a file cannot be read, or no document in it has the id.
    """
    if format not in FORMATS:
        raise OptionError(f"--format {format!r} is not known ({', '.join(FORMATS)})")
    documents = [_documents(name, options) for name in (left, right)]
    # Imported when there is something to code: it takes two seconds.
    from detente.coding import Coder

    coder = Coder(**load_settings().for_coder)
    accounts = [[_account(coder, document) for document in found] for found in documents]
    comparison = compare(accounts[0], accounts[1])
    if format == "json":
        print(json.dumps(comparison_to_dict(comparison), ensure_ascii=False, indent=2))
    elif format == "md":
        print("\n".join(_markdown(comparison)))
    else:
        _print(comparison)


def _documents(name: str, options: ReadOptions) -> list[Document]:
    path, mark, wanted = name, "", ""
    if not Path(name).exists():
        # A name with a `#` of its own is a name.
        path, mark, wanted = name.rpartition(_MARK) if _MARK in name else (name, "", "")
    faults: list[InputError] = []
    found = list(read_paths([path], options, on_error=faults.append, on_note=lambda _: None))
    if faults and not found:
        raise faults[0]
    talk = Talk(quiet=True)
    for fault in faults:
        # What is left out of an account should be known to who compares it.
        talk.fault(fault)
    if mark:
        chosen = [document for document in found if document.id == wanted]
        if not chosen:
            known = ", ".join(document.id for document in found[:3])
            raise InputError(path, f"no document has the id {wanted!r}", right=f"such as {known}")
        return chosen
    if not found:
        raise InputError(path, "there is no document")
    return found


def _account(coder: Coder, document: Document) -> Account:
    coded = coder.code(document)
    return Account(coded.analysis.issuer, document, coded.events, coded.statements, coded.signals)


def _print(comparison: Comparison) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    for part in _tables(comparison):
        console.print(part)
    sys.stdout.flush()


def _tables(comparison: Comparison) -> Iterator[RenderableType]:
    left, right = comparison.left, comparison.right
    top = Table("", left.side, right.side, title="The two accounts", title_justify="left", expand=True)
    for label, cells in _overview(comparison):
        top.add_row(label, *(Text(one_line(cell, _SENTENCE)) for cell in cells))
    yield top
    for view, other in ((left, right), (right, left)):
        if view.claims:
            yield _claims_table(view, other)
    if comparison.pairs:
        pairs = Table(left.side, right.side, title="Side by side", title_justify="left", expand=True, show_lines=True)
        for pair in comparison.pairs:
            pairs.add_row(
                Text(one_line(pair.left.span.text, _SENTENCE)), Text(one_line(pair.right.span.text, _SENTENCE))
            )
        yield pairs


def _claims_table(view: SideView, other: SideView) -> Table:
    title = f"What {view.side} says that {other.side} said, did or agreed to"
    table = Table("claim", "", f"{other.side} itself", title=title, title_justify="left", expand=True, show_lines=True)
    shown = None
    for claim in view.claims:
        said: RenderableType = Text(one_line(claim.claimed.text, _SENTENCE))
        # Its sentence once, and only where it tells more.
        if claim.passage != shown and len(claim.claimed.text) < _NEARLY_ALL * len(claim.passage.text):
            said = Group(said, Text(one_line(claim.passage.text, _SENTENCE), style="dim"))
        shown = claim.passage
        table.add_row(said, Text(claim.verdict, style=_VERDICTS.get(claim.verdict, "yellow")), Text(_answer(claim)))
    return table


def _overview(comparison: Comparison) -> Iterator[tuple[str, tuple[str, str]]]:
    """The rows that stand side by side: what each calls the meeting, issues, words, tone."""
    views = (comparison.left, comparison.right)
    yield "documents", _both([", ".join(view.documents) for view in views])
    yield "calls it", _both(["; ".join(name.name for name in view.names) for view in views])
    yield (
        "both raise",
        _both([", ".join(f"{pair[here].issue} ({pair[here].times})" for pair in comparison.shared) for here in (0, 1)]),
    )
    yield "raises alone", _both([", ".join(f"{one.issue} ({one.times})" for one in view.only) for view in views])
    yield "tone by issue", _both([", ".join(f"{one.issue} {one.tone:+.2f}" for one in view.tones) for view in views])
    yield "own words", _both([", ".join(f"{one.word} ({abs(one.z):.1f})" for one in view.words) for view in views])


def _both(cells: list[str]) -> tuple[str, str]:
    left, right = (cell or "–" for cell in cells)
    return left, right


def _answer(claim: Claim) -> str:
    return one_line(claim.answer.text, _SENTENCE) if claim.answer is not None else "–"


def _markdown(comparison: Comparison) -> Iterator[str]:
    left, right = comparison.left, comparison.right
    yield f"# {left.side} and {right.side}: two accounts\n"
    yield f"| | {left.side} | {right.side} |\n| --- | --- | --- |"
    for label, cells in _overview(comparison):
        yield f"| {label} | {' | '.join(_cell(cell) for cell in cells)} |"
    for view, other in ((left, right), (right, left)):
        if view.claims:
            yield f"\n## What {view.side} says that {other.side} said, did or agreed to\n"
            yield f"| claim | verdict | {other.side} itself |\n| --- | --- | --- |"
            for claim in view.claims:
                yield f"| {_cell(claim.claimed.text)} | {claim.verdict} | {_cell(_answer(claim))} |"
    if comparison.pairs:
        yield f"\n## Side by side\n\n| {left.side} | {right.side} |\n| --- | --- |"
        for pair in comparison.pairs:
            yield f"| {_cell(pair.left.span.text)} | {_cell(pair.right.span.text)} |"


def _cell(text: str) -> str:
    return plain(one_line(text, _SENTENCE))
