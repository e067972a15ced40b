"""Imported once by the server from which the workers are forked; what it loads they share."""

from __future__ import annotations

import gc

from detente.coding import Coder
from detente.coding.pipeline import load_pipeline
from detente.settings import load_settings

_settings = load_settings()
load_pipeline(_settings.pipeline)
Coder(**_settings.for_coder)
# Keeps the collector from writing into the pages that are shared.
gc.collect()
gc.freeze()
