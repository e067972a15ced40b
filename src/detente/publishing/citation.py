"""The citation block that lies beside a published file: plain text, then BibTeX. No clock is in it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from detente.lexicon.tables import read_table
from detente.publishing.manifest import Inputs, Output

_WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation block says: what the file is (one line), when the data end, who made it out of what."""

    title: str
    as_of: str
    detente: str
    coders: tuple[str, ...]
    inputs: Inputs
    data: Output
    schemes: tuple[str, ...]


def citation(cited: Cited) -> str:
    """The text of the block."""
    data, inputs = cited.data, cited.inputs
    made = f"Made with détente {cited.detente}" + f" (coder {', '.join(cited.coders)})" * bool(cited.coders)
    parts = [f"{inputs.documents:,} documents (list: sha256 {inputs.sha256})"] if inputs.documents else []
    parts += [f"{one.name} (sha256 {one.sha256})" for one in inputs.imports]
    known = _citations()
    basis = list(dict.fromkeys(known[scheme] for scheme in cited.schemes if scheme in known))
    lines = [
        "How to cite this file",
        "",
        *_filled(
            f"{cited.title} [data set]. Data until {cited.as_of}. {made}. File {data.name}, sha256 {data.sha256}."
        ),
        "",
        *_filled(f"Made from {'; '.join(parts)}."),
        *(["", "It rests on", ""] if basis else []),
        *(line for one in basis for line in _filled(f"- {one}", "  ")),
        "",
        "BibTeX",
        "",
        f"@misc{{detente_{data.sha256[:12]},",
        f"  title = {{{_tex(cited.title)}}},",
        f"  howpublished = {{Data set, made with d{{\\'e}}tente {_tex(cited.detente)}}},",
        f"  note = {{Data until {cited.as_of}. File {_tex(data.name)}, sha256 {data.sha256}}},",
        "}",
        "",
    ]
    return "\n".join(lines)


def _filled(text: str, later: str = "") -> list[str]:
    # A digest stays whole, whatever the width.
    return textwrap.wrap(text, _WIDTH, subsequent_indent=later, break_long_words=False, break_on_hyphens=False)


def _tex(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in "&%$#_{}" else char for char in text if char.isprintable())
    return escaped.replace("~", "\\textasciitilde{}").replace("^", "\\textasciicircum{}")


@cache
def _citations() -> dict[str, str]:
    """Citation by scheme or data set.

    Raises:
        TableError: the table has a bad row.
    """
    path = files("detente.publishing") / "data" / "citations.tsv"
    columns = ("of", "citation", "source")
    return {row["of"]: row["citation"] for row in read_table(path, columns, columns)}
