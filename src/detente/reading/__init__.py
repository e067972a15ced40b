"""Turns files, folders, web pages, feeds and standard input into `Document`s."""

from __future__ import annotations

from detente.reading.dates import parse_date
from detente.reading.options import FetchLimits, ReadOptions
from detente.reading.read import input_size, read_paths
from detente.reading.subscriptions import FeedSource, load_feeds
from detente.reading.transcripts import find_turns

__all__ = [
    "FeedSource",
    "FetchLimits",
    "ReadOptions",
    "find_turns",
    "input_size",
    "load_feeds",
    "parse_date",
    "read_paths",
]
