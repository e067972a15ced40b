"""A file of event data of others into a ledger."""

from __future__ import annotations

from pathlib import Path

from detente.exchange.importing import Reading
from detente.exchange.parts import open_parts
from detente.ledger.imports import Filed, Origin, file_import, known
from detente.publishing.manifest import file_digest


def import_file(ledger: Path, path: Path, format: str = "auto") -> Filed:
    """File all rows of a file (of every file in it, if it is an archive), each once: what was imported before is passed
    over. The caller holds `sole_writer`.

    Raises:
        OptionError: the format is not known.
        InputError: the file cannot be read, or has none of the formats.
        LedgerError: the ledger cannot be opened or written.
    """
    digest = file_digest(path)
    rows = aside = 0
    for part in open_parts(path):
        if known(ledger, digest, part.member):
            continue
        reading = Reading(part, format)
        origin = Origin(reading.dataset, reading.shape.format, part.file, part.member, digest)
        filed = file_import(ledger, origin, reading)
        rows, aside = rows + filed.rows, aside + filed.set_aside
    return Filed(rows, aside)
