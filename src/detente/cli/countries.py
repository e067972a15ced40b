"""Two countries as a user names them."""

from __future__ import annotations

from detente.lexicon.naming import parse_country, parse_dyad

__all__ = ["parse_country", "parse_dyad"]
