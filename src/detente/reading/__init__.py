"""Turns files, folders and standard input into `Document`s."""

from __future__ import annotations

from detente.reading.dates import parse_date
from detente.reading.options import ReadOptions
from detente.reading.read import input_size, read_paths
from detente.reading.transcripts import find_turns

__all__ = ["ReadOptions", "find_turns", "input_size", "parse_date", "read_paths"]
