"""Published formats of event data, one module a format; `LAYOUTS` are those that are tables, by name.

To add one: a module with its columns, `decode`, `encode`, and its `Layout` in the list below.
"""

from __future__ import annotations

from typing import Final

from detente.exchange.formats.acled import ACLED
from detente.exchange.formats.gdelt_events import GDELT1, GDELT2
from detente.exchange.formats.gdelt_gkg import GDELT_GKG
from detente.exchange.formats.gdelt_mentions import GDELT_MENTIONS
from detente.exchange.formats.icews import ICEWS, ICEWS_QUADRUPLES
from detente.exchange.formats.layout import Layout
from detente.exchange.formats.phoenix import PHOENIX, TERRIER
from detente.exchange.formats.polecat import POLECAT

# Tried in this order where a file does not say its format; GDELT 2.0 has all columns of 1.0, and one more.
_GDELT: Final = (GDELT2, GDELT1, GDELT_MENTIONS, GDELT_GKG)
_OTHERS: Final = (ICEWS, ICEWS_QUADRUPLES, POLECAT, PHOENIX, TERRIER, ACLED)
LAYOUTS: Final[dict[str, Layout]] = {layout.name: layout for layout in (*_GDELT, *_OTHERS)}
PLOVER: Final = "plover"
FORMATS: Final = (*LAYOUTS, PLOVER)

__all__ = ["FORMATS", "LAYOUTS", "PLOVER", "Layout"]
