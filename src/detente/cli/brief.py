"""`detente brief`: the state of a relation, as a page for a terminal, a file or a printer."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console

from detente.analysis.brief import make_brief
from detente.analysis.brief_model import Brief
from detente.analysis.dossier import Dossier
from detente.cli.brief_text import print_brief
from detente.errors import OptionError
from detente.exchange.target import Target

FORMATS: Final = ("terminal", "md", "html", "pdf", "json")
_ENDINGS: Final = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json"}
_FILE_WIDTH: Final = 140


def run_brief(load: Callable[[], Dossier], format: str | None, out: Path | None) -> None:
    """Prints the brief of the dossier that `load` gives, or writes it to `out`, whose ending says the format.

    Raises:
        OptionError: the format is not known, the file cannot be written, or a PDF would go to a terminal.
    """
    chosen = format_for(format, out)
    if chosen == "pdf" and out is None and sys.stdout.isatty():
        raise OptionError("--format pdf: a PDF is not for a terminal; give a file with --out")
    brief = make_brief(load())
    if chosen == "terminal" and out is None:
        print_brief(Console(highlight=False), brief)
        return
    target = Target(out if out is not None else sys.stdout.buffer)
    try:
        target.file.write(rendered(brief, chosen))
        target.keep()
    except BaseException:
        target.drop()
        raise


def format_for(format: str | None, out: Path | None) -> str:
    """The format asked for, or told by the ending of the file.

    Raises:
        OptionError: the format is not known.
    """
    if format is None:
        return _ENDINGS.get(out.suffix.lower(), "terminal") if out is not None else "terminal"
    if format not in FORMATS:
        raise OptionError(f"--format {format}: not known ({', '.join(FORMATS)})")
    return format


def rendered(brief: Brief, format: str) -> bytes:
    """The brief in one of `FORMATS`, as bytes; the same brief gives the same bytes."""
    if format == "html":
        from detente.analysis.render_html import to_html

        return to_html(brief).encode()
    if format == "md":
        from detente.analysis.render_markdown import to_markdown

        return to_markdown(brief).encode()
    if format == "pdf":
        from detente.analysis.render_pdf import to_pdf

        return to_pdf(brief)
    if format == "json":
        return json.dumps(brief.to_dict(), ensure_ascii=False, indent=2).encode() + b"\n"
    text = io.StringIO()
    print_brief(Console(file=text, width=_FILE_WIDTH, highlight=False), brief)
    return text.getvalue().encode()
