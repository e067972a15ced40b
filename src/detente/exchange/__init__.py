"""Records to files and back, tables to files, and event rows in the field's formats (`formats`)."""

from __future__ import annotations

from detente.exchange.read import read_records
from detente.exchange.tables import TABLE_FORMATS, Labels, write_table
from detente.exchange.writers import FORMATS, Writer, open_writer

__all__ = ["FORMATS", "TABLE_FORMATS", "Labels", "Writer", "open_writer", "read_records", "write_table"]
