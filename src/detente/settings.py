"""Settings: one TOML file, overridden by the environment.

The file is `$DETENTE_SETTINGS`, else `~/.config/detente/settings.toml`; it may be absent. Each key `name` is
overridden by the variable `DETENTE_NAME`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from detente.errors import OptionError


@dataclass(frozen=True, slots=True)
class Settings:
    """`pipeline`: name of the installed spaCy pipeline to use, None for the preferred one. `relation`: who decides on
    the type of an event, "both" (rules and model), "rules" or "model". `db`: the file of the ledger, None for
    `relations.duckdb` in the user's data folder."""

    pipeline: str | None = None
    relation: str = "both"
    db: str | None = None

    @property
    def for_coder(self) -> dict[str, Any]:
        """The arguments of `detente.coding.Coder`."""
        return {"pipeline": self.pipeline, "relation": self.relation}

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        if self.db:
            return Path(self.db).expanduser()
        home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        return Path(home) / "detente" / "relations.duckdb"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force.

    Raises:
        OptionError: the file is not TOML, or has a key or value that is not known.
    """
    variables = os.environ if environment is None else environment
    path = Path(variables.get("DETENTE_SETTINGS", Path.home() / ".config" / "detente" / "settings.toml"))
    known = [field.name for field in fields(Settings)]
    values: dict[str, str] = {}
    if path.is_file():
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as fault:
            raise OptionError(f"{path}: not a settings file: {fault}") from fault
        for key, value in table.items():
            if key not in known or not isinstance(value, str):
                raise OptionError(f"{path}: {key} = {value!r} is no setting (known, as strings: {', '.join(known)})")
            values[key] = value
    elif "DETENTE_SETTINGS" in variables:
        raise OptionError(f"{path}: no such settings file (named by DETENTE_SETTINGS)")
    values |= {name: variables[f"DETENTE_{name.upper()}"] for name in known if f"DETENTE_{name.upper()}" in variables}
    return Settings(**values)
