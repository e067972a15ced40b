"""States, bodies, offices and their holders over time, role nouns, cue words: tables and their loader."""

from __future__ import annotations

from detente.lexicon.lexicon import Lexicon
from detente.lexicon.load import build_lexicon, load_lexicon

__all__ = ["Lexicon", "build_lexicon", "load_lexicon"]
