"""From a document to coded records. Pure: no files, no database, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.coding.coder import Coded, Coder

__all__ = ["Coded", "Coder"]


def __getattr__(name: str) -> Any:
    # The coder needs spaCy and all tables; single steps and `detente --help` do not.
    if name in __all__:
        from detente.coding import coder

        return getattr(coder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
