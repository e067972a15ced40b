"""Published formats of event data, one module a format; `LAYOUTS` are those that are tables, by name.

To add one: a module with its columns, `decode`, `encode`, and its `Layout` in the list below.
"""

from __future__ import annotations

from typing import Final

from detente.exchange.formats.gdelt_events import GDELT1, GDELT2
from detente.exchange.formats.layout import Layout

LAYOUTS: Final[dict[str, Layout]] = {layout.name: layout for layout in (GDELT2, GDELT1)}
PLOVER: Final = "plover"
FORMATS: Final = (*LAYOUTS, PLOVER)

__all__ = ["FORMATS", "LAYOUTS", "PLOVER", "Layout"]
