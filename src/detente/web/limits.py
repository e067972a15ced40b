"""How much may be added at the desk at once. The command line takes any amount."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from detente.reading import FetchLimits

# Bytes of one form with all its files, and of one file.
UPLOAD_BYTES: Final = 100_000_000
FILE_BYTES: Final = 50_000_000
FILES: Final = 50
# Bytes that a packed file may grow to.
UNPACKED_BYTES: Final = 200_000_000
# Characters of one document: a long book. In a form a character takes up to four bytes.
CHARACTERS: Final = 1_000_000
FIELD_BYTES: Final = 4 * CHARACTERS + 1_000
# Characters of a title, a name, an address.
LINE: Final = 2_000
DOCUMENTS: Final = 2_000
ADDRESSES: Final = 20
# For an address that a user of the desk gives: the public internet only, at the ports of the web.
FETCH: Final = FetchLimits(seconds=30.0, max_bytes=10_000_000, max_decoded=20_000_000, ports=frozenset({80, 443}))
# Things set aside after which no more is read.
FAULTS: Final = 1_000
# Seconds for one job, for waiting until another process has filed, and for a job that is stopped to end by itself.
JOB_SECONDS: Final = 3_600.0
BLOCKED_SECONDS: Final = 600.0
GRACE_SECONDS: Final = 60.0
# Bytes of memory of one job: what is read is hostile at worst.
MEMORY_BYTES: Final = 8_000_000_000
# Jobs that wait, jobs that are remembered, and how much of one is listed.
WAITING: Final = 10
KEPT: Final = 100
LISTED: Final = 200


def fetch_limits(trusted: frozenset[str]) -> FetchLimits:
    """Those of an address that a user of the desk gives; servers that `trusted` names are asked wherever they stand."""
    return replace(FETCH, trusted=trusted)
