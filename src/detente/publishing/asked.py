"""The options of a panel as plain values, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from detente.analysis.series import Asked
from detente.errors import InputError, OptionError
from detente.relations import Dyad, dyad_of


def options_of(dyads: Sequence[Dyad] | None, asked: Asked, format: str) -> dict[str, Any]:
    """As plain values, for the manifest."""
    pairs = None if dyads is None else [list(dyad) for dyad in sorted({dyad_of(*dyad) for dyad in dyads})]
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(asked).items()}
    return {"dyads": pairs, **plain, "format": format}


def options_from(plain: dict[str, Any], source: str) -> tuple[list[Dyad] | None, Asked, str]:
    """What `options_of` wrote.

    Raises:
        InputError: it did not write this.
    """
    given = dict(plain)
    try:
        pairs, format = given.pop("dyads"), str(given.pop("format"))
        dyads = None if pairs is None else [(str(one), str(other)) for one, other in pairs]
        for name in ("since", "until"):
            given[name] = None if given[name] is None else date.fromisoformat(given[name])
        kinds = {field.name: type(field.default) for field in fields(Asked) if field.name not in ("since", "until")}
        for name, kind in kinds.items():
            if type(given[name]) is not kind:
                raise ValueError(f"{name} is {given[name]!r}")
        return dyads, Asked(**given), format
    except (KeyError, TypeError, ValueError, OptionError) as fault:
        raise InputError(source, f"not the options of a panel: {fault}", where="options") from fault
