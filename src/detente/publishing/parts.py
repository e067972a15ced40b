"""What an output depends on besides its input: versions of programs, digests of shipped tables, settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from packaging.requirements import Requirement

from detente.settings import load_settings

# What is shipped and decides on records and figures.
_SHIPPED: Final = {
    "lexicon tables": ("detente.lexicon", "data"),
    "ontology tables": ("detente.ontology", "data"),
    "relation model": ("detente.coding", "model"),
}
# These write the files, or reckon the figures; others are pinned in the package's metadata because records depend on
# them.
_WRITERS: Final = ("numpy", "pandas", "pyarrow", "scipy")


def made_with() -> dict[str, str]:
    """Name to version, digest or value, in the order of the names within each kind."""
    settings = load_settings()
    found = {"detente": version("detente")}
    found |= {name: _digest(*where) for name, where in _SHIPPED.items()}
    found |= {"setting pipeline": settings.pipeline or "default", "setting relation": settings.relation}
    return found | {name: version(name) for name in sorted({*_pinned(), *_WRITERS})}


def _pinned() -> Iterator[str]:
    for line in requires("detente") or ():
        requirement = Requirement(line)
        exact = any(spec.operator == "==" for spec in requirement.specifier)
        if exact and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            yield requirement.name


@cache
def _digest(package: str, folder: str) -> str:
    """SHA-256 of the names and contents of all files of a folder."""
    whole = hashlib.sha256()
    for name, file in sorted(_walk(files(package) / folder, "")):
        whole.update(f"{name}\t{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _walk(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{before}{entry.name}/")
        elif not entry.name.startswith("."):
            yield before + entry.name, entry
