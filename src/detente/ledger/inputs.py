"""What a ledger was made of: digests of its documents and of the files of others, in an order of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

import duckdb

# All that a coder sees of a document.
_FIELDS: Final = "id, title, published, publisher, language, url, kind, issuer, turns, text"
_AT_ONCE: Final = 1_000


def document_digests(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Id and SHA-256 (over the fields as JSON) of every document as filed, in the order of the ids."""
    answer = connection.execute(f"SELECT {_FIELDS} FROM documents ORDER BY id")
    while rows := answer.fetchmany(_AT_ONCE):
        for row in rows:
            plain = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)
            yield row[0], hashlib.sha256(plain.encode()).hexdigest()


def import_digests(connection: duckdb.DuckDBPyConnection, dataset: str) -> list[tuple[str, str, str]]:
    """Name, format and SHA-256 of the files that rows of a data set came from."""
    sql = "SELECT DISTINCT file, format, sha256 FROM imports WHERE dataset = ? ORDER BY sha256, format, file"
    rows = connection.execute(sql, [dataset]).fetchall()
    # Where the file lay on this machine is nobody's business.
    return [(PurePath(file).name, format, digest) for file, format, digest in rows]


def coders(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Versions of the coders whose records count."""
    rows = connection.execute("SELECT DISTINCT coder FROM codings WHERE current ORDER BY coder").fetchall()
    return [row[0] for row in rows]
