"""Records to files and back: JSON Lines, CSV, Parquet, PLOVER JSON; event rows in the field's formats: `formats`."""

from __future__ import annotations

from detente.exchange.read import read_records
from detente.exchange.writers import FORMATS, Writer, open_writer

__all__ = ["FORMATS", "Writer", "open_writer", "read_records"]
