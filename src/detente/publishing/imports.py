"""A file of event data of others into a ledger."""

from __future__ import annotations

from pathlib import Path

from detente.exchange.importing import Reading
from detente.exchange.parts import Part, open_parts
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
    made = [one[1] for part in open_parts(path) if (one := import_part(ledger, part, digest, format))]
    return Filed(sum(filed.rows for filed in made), sum(filed.set_aside for filed in made))


def import_part(ledger: Path, part: Part, digest: str, format: str = "auto") -> tuple[Reading, Filed] | None:
    """The same of one part of a file whose SHA-256 is `digest`: how it was read, and what was filed. None: it was
    imported before."""
    if known(ledger, digest, part.member):
        return None
    reading = Reading(part, format)
    origin = Origin(reading.dataset, reading.shape.format, part.file, part.member, digest)
    return reading, file_import(ledger, origin, reading)
