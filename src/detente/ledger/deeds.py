"""What took place between two countries, row by row, ready to be counted: out of the tables that are stored.

    with reading(path) as connection:
        for dyads, rows in deeds(connection):          # every dyad, some at a time; or deeds(connection, [dyad])
            ...

`deeds` gives tables of `SCHEMA`, `coverage` how many documents each day has, `deeds_of` the same rows of episodes that
are not stored. All sources come to the same columns: episodes of our own (only those that took place), or the rows of
another data set, each counted as one.

Who does it to whom: an episode goes from the first country to the second (`forward`) where one of the first acts and
one of the second receives, the other way (`backward`) likewise. What is mutual (nobody receives, or neither way holds)
goes both ways. At level `gov` only those count who are a state or act for one (`STATE`); rows without both are left
out. Types, quad classes and PLOVER scores are those of `detente.ontology`, also where another data set was coded in
CAMEO (by the crosswalk); Goldstein scores are as published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import duckdb
import pyarrow as pa

from detente.errors import LedgerError, OptionError
from detente.ontology import load_ontology
from detente.relations import DONE, Dyad, Episode
from detente.rows import SCORE_SCHEMES

OURS: Final = "detente"
LEVELS: Final = ("gov", "all")
# PLOVER's sectors of those who act for a state.
STATE: Final = ("GOV", "MIL", "COP", "JUD", "LEG", "SPY")
SCHEMA: Final = pa.schema(
    [
        ("first", pa.string()),
        ("second", pa.string()),
        ("id", pa.string()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("quad", pa.string()),
        ("score", pa.float64()),
        ("forward", pa.bool_()),
        ("backward", pa.bool_()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("confidence", pa.float64()),
        # The document that told it first, and how many do.
        ("lead", pa.string()),
        ("told", pa.int32()),
    ]
)
COVERAGE: Final = pa.schema(
    [("first", pa.string()), ("second", pa.string()), ("day", pa.date32()), ("documents", pa.int64())]
)
# Rows read at a time, more where one dyad has more.
_CHUNK: Final = 50_000
_PEOPLE: Final = '[{"id":"VARCHAR","country":"VARCHAR","sectors":["VARCHAR"]}]'
Days = tuple[date | None, date | None]
_STATE: Final = ", ".join(f"'{sector}'" for sector in STATE)
_DONE: Final = ", ".join(f"'{status}'" for status in DONE)


def _some(people: str, country: str) -> str:
    """SQL: whether anybody of a country is among the people, who at level `gov` is a state or acts for one."""
    return (
        f"len(list_filter({people}, lambda a: a.country = {country} AND "
        f"($all OR a.id = a.country OR list_has_any(a.sectors, [{_STATE}])))) > 0"
    )


# The table `scale` has quad class and score by type and mode; a mode that is none of the type's has the type's score.
_SCALED: Final = """LEFT JOIN scale t ON t.type = {0}.type AND t.mode IS NULL
  LEFT JOIN scale m ON m.type = {0}.type AND m.mode = {0}.mode"""
_EPISODES: Final = f"""
WITH told AS (
  SELECT e.*, json_transform(e.record, '{{"actors":{_PEOPLE},"recipients":{_PEOPLE}}}') AS who
  FROM episodes e SEMI JOIN asked USING (first, second) WHERE e.realised
    AND coalesce(e.start_date <= $until, true) AND coalesce(e.end_date >= $since, true)
), sided AS (
  SELECT *, {_some("who.actors", "first")} AS first_acts, {_some("who.recipients", "first")} AS first_receives,
    {_some("who.actors", "second")} AS second_acts, {_some("who.recipients", "second")} AS second_receives
  FROM told
), directed AS (
  SELECT *, first_acts AND second_receives AND NOT reciprocal AS there,
    second_acts AND first_receives AND NOT reciprocal AS back FROM sided
)
SELECT d.first, d.second, d.id, d.type, d.mode, t.quad, coalesce(m.score, t.score) AS score,
  there OR NOT back AS forward, back OR NOT there AS backward,
  d.start_date AS start, d.end_date AS "end", d.confidence, d.documents[1] AS lead,
  len(d.documents)::INTEGER AS told
FROM directed d {_SCALED.format("d")}
WHERE (first_acts OR first_receives) AND (second_acts OR second_receives)
ORDER BY d.first, d.second, d.start_date, d.id
"""
# Story, or, of data sets that name none, the row itself.
_STORY: Final = "coalesce(i.document, i.url, i.id)"
_DYAD: Final = (
    "least(i.actor_country, i.recipient_country) AS first, greatest(i.actor_country, i.recipient_country) AS second"
)
_STRANGERS: Final = f"""i.dataset = $source AND i.status IN ({_DONE}) AND i.actor_country IS NOT NULL
  AND i.recipient_country IS NOT NULL AND i.actor_country <> i.recipient_country"""
# A country without a sector is the state itself.
_GOVERN: Final = " AND ".join(
    f"(len(i.{side}_sectors) = 0 OR list_has_any(i.{side}_sectors, [{_STATE}]))" for side in ("actor", "recipient")
)
_ROWS: Final = f"""
WITH rows AS (
  SELECT i.*, {_DYAD} FROM imported_events i WHERE {_STRANGERS} AND ($all OR ({_GOVERN}))
)
SELECT i.first, i.second, i.id, i.type, i.mode, t.quad,
  CASE WHEN $scores = 'plover' THEN coalesce(m.score, t.score) WHEN i.score_scheme = $scores THEN i.score END AS score,
  i.actor_country = i.first AS forward, i.actor_country = i.second AS backward, i.start_date AS start,
  coalesce(i.end_date, i.start_date) AS "end", 1.0::DOUBLE AS confidence, {_STORY} AS lead,
  coalesce(i.reports, 1)::INTEGER AS told
FROM rows i SEMI JOIN asked USING (first, second) {_SCALED.format("i")}
ORDER BY i.first, i.second, i.start_date, i.import, i.line, i.id
"""


def deeds(
    connection: duckdb.DuckDBPyConnection,
    dyads: Sequence[Dyad] | None = None,
    *,
    level: str = "gov",
    source: str = OURS,
    scores: str = "plover",
    most: int = 10_000,
    days: Days = (None, None),
) -> Iterator[tuple[tuple[Dyad, ...], pa.Table]]:
    """The rows of these dyads (None: of all that the source knows), some dyads (`most` at most) at a time, each wholly.

    Gives the dyads, in the order of the alphabet, and their rows as a table of `SCHEMA`, sorted by dyad, first day and
    id. A dyad without any row is there with none. `days`: of our own only what may have taken place on any of these,
    first and last (None: open).
    """
    for chunk in _chunks(connection, dyads, source, most):
        yield chunk, _rows(connection, chunk, level, source, scores, days)


def deeds_of(dyad: Dyad, episodes: Iterable[Episode], level: str = "gov") -> pa.Table:
    """The rows of episodes that may not be stored, by the same rules: a table of `SCHEMA`."""
    told = list(episodes)
    stored = {
        "id": pa.array([e.id for e in told], pa.string()),
        "type": pa.array([e.type for e in told], pa.string()),
        "mode": pa.array([e.mode for e in told], pa.string()),
        "realised": pa.array([e.realised for e in told], pa.bool_()),
        "reciprocal": pa.array([e.reciprocal for e in told], pa.bool_()),
        "start_date": pa.array([e.start for e in told], pa.date32()),
        "end_date": pa.array([e.end for e in told], pa.date32()),
        "documents": pa.array([list(e.documents) for e in told], pa.list_(pa.string())),
        "confidence": pa.array([e.confidence for e in told], pa.float64()),
        "record": pa.array([json.dumps(e.to_dict()) for e in told], pa.string()),
    }
    with duckdb.connect() as connection:
        connection.register("given", pa.table(stored))
        connection.execute("CREATE TABLE episodes AS SELECT ? AS first, ? AS second, * FROM given", list(dyad))
        return _rows(connection, (dyad,), level, OURS, "plover")


def check_source(connection: duckdb.DuckDBPyConnection, level: str, source: str, scores: str) -> None:
    """Whether there is what is asked for.

    Raises:
        OptionError: the level or the scheme of scores is not known, or the source does not have such scores.
        LedgerError: nothing of this source is in the ledger.
    """
    if level not in LEVELS:
        raise OptionError(f"--level {level}: not known ({', '.join(LEVELS)})")
    if scores not in SCORE_SCHEMES:
        raise OptionError(f"--scores {scores}: not known ({', '.join(SCORE_SCHEMES)})")
    if source == OURS:
        if scores != "plover":
            raise OptionError(f"--scores {scores}: episodes of our own have PLOVER scores only")
        return
    sql = "SELECT score_scheme, count(*) FROM imported_events WHERE dataset = ? GROUP BY ALL"
    found = dict(connection.execute(sql, [source]).fetchall())
    if not found:
        sql = "SELECT DISTINCT dataset FROM imported_events ORDER BY ALL"
        have = [OURS, *(name for (name,) in connection.execute(sql).fetchall())]
        raise LedgerError(f"--source {source}: nothing of it is in the ledger, which has {', '.join(have)}")
    if scores != "plover" and scores not in found:
        raise OptionError(f"--scores {scores}: {source} has none in the ledger")


def coverage(
    connection: duckdb.DuckDBPyConnection, dyads: Sequence[Dyad] | None = None, source: str = OURS
) -> pa.Table:
    """How many documents were published each day: of the whole source (`first` and `second` are None), and of those
    that tell of each of these dyads (none: of no dyad). A table of `COVERAGE`, sorted.

    Of ours, documents filed, reprints too. Of another data set its stories (`document`, else the address, else every
    row is one), by the first day of what they tell.
    """
    _ask(connection, dyads or ())
    if source == OURS:
        sql = """
        WITH told AS (
          SELECT DISTINCT r.first, r.second, r.document FROM event_dyads r SEMI JOIN asked USING (first, second)
          JOIN codings c ON c.document = r.document AND c.coder = r.coder AND c.current
        ), telling AS (
          SELECT t.first, t.second, d.id, d.published FROM told t JOIN documents d ON d.id = t.document
          UNION SELECT t.first, t.second, d.id, d.published FROM told t JOIN documents d ON d.reprint_of = t.document
        )
        SELECT NULL::VARCHAR AS first, NULL::VARCHAR AS second, published AS day, count(*) AS documents
        FROM documents WHERE published IS NOT NULL GROUP BY published
        UNION ALL SELECT first, second, published, count(*) FROM telling WHERE published IS NOT NULL GROUP BY ALL
        ORDER BY ALL
        """
        return connection.sql(sql).to_arrow_table().cast(COVERAGE)
    sql = f"""
    WITH rows AS (SELECT {_DYAD}, i.start_date AS day, {_STORY} AS story FROM imported_events i
      WHERE i.dataset = $source AND i.start_date IS NOT NULL)
    SELECT NULL::VARCHAR AS first, NULL::VARCHAR AS second, day, count(DISTINCT story) AS documents
      FROM rows GROUP BY day
    UNION ALL SELECT first, second, day, count(DISTINCT story)
      FROM rows SEMI JOIN asked USING (first, second) GROUP BY ALL ORDER BY ALL
    """
    return connection.sql(sql, params={"source": source}).to_arrow_table().cast(COVERAGE)


def dyads_in(connection: duckdb.DuckDBPyConnection, source: str = OURS) -> list[Dyad]:
    """Every dyad that the source knows of, in the order of the alphabet."""
    return [dyad for dyad, _ in _sizes(connection, source)]


def words_of(connection: duckdb.DuckDBPyConnection, ids: Iterable[str], source: str = OURS) -> dict[str, str]:
    """The words that tell each of these rows ("" where a data set has none), by id."""
    connection.register("wanted", pa.table({"id": pa.array(list(ids), pa.string())}))
    table = "episodes" if source == OURS else "imported_events"
    words = "words" if source == OURS else "coalesce(text, '')"
    sql = f"SELECT id, any_value({words}) FROM {table} SEMI JOIN wanted USING (id) GROUP BY id"
    found = dict(connection.execute(sql).fetchall())
    connection.unregister("wanted")
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection,
    dyads: Sequence[Dyad],
    level: str,
    source: str,
    scores: str,
    days: Days = (None, None),
) -> pa.Table:
    _ask(connection, dyads)
    connection.register("scale", _scale())
    if source == OURS:
        answer = connection.sql(_EPISODES, params={"all": level == "all", "since": days[0], "until": days[1]})
    else:
        answer = connection.sql(_ROWS, params={"all": level == "all", "source": source, "scores": scores})
    table: pa.Table = answer.to_arrow_table().cast(SCHEMA)
    connection.unregister("scale")
    return table


def _ask(connection: duckdb.DuckDBPyConnection, dyads: Sequence[Dyad]) -> None:
    names = [pa.array([dyad[side] for dyad in dyads], pa.string()) for side in (0, 1)]
    connection.register("asked", pa.table(names, names=["first", "second"]))


def _scale() -> pa.Table:
    """Quad class and PLOVER score of every type, without a mode and in each of its modes."""
    ontology = load_ontology()
    keys = [*((name, None) for name in ontology.types), *ontology.modes]
    return pa.table(
        {
            "type": pa.array([kind for kind, _ in keys], pa.string()),
            "mode": pa.array([mode for _, mode in keys], pa.string()),
            "quad": pa.array([ontology.quad(kind) for kind, _ in keys], pa.string()),
            "score": pa.array([ontology.score(kind, mode) for kind, mode in keys], pa.float64()),
        }
    )


def _sizes(
    connection: duckdb.DuckDBPyConnection, source: str, dyads: Sequence[Dyad] | None = None
) -> list[tuple[Dyad, int]]:
    """Every dyad (of ours, of those asked for) with the number of its rows."""
    if source == OURS:
        asked = "SEMI JOIN asked USING (first, second)" if dyads is not None else ""
        if dyads is not None:
            _ask(connection, dyads)
        sql = f"SELECT first, second, count(*) FROM episodes {asked} GROUP BY ALL ORDER BY ALL"
        rows = connection.execute(sql).fetchall()
    else:
        sql = f"SELECT {_DYAD}, count(*) FROM imported_events i WHERE {_STRANGERS} GROUP BY ALL ORDER BY ALL"
        rows = connection.execute(sql, {"source": source}).fetchall()
    return [((first, second), count) for first, second, count in rows]


def _chunks(
    connection: duckdb.DuckDBPyConnection, dyads: Sequence[Dyad] | None, source: str, most: int
) -> Iterator[tuple[Dyad, ...]]:
    sizes = _sizes(connection, source, dyads)
    if dyads is not None:
        known = dict(sizes)
        sizes = [(dyad, known.get(dyad, 0)) for dyad in sorted(set(dyads))]
    chunk: list[Dyad] = []
    held = 0
    for dyad, size in sizes:
        if chunk and (held + size > _CHUNK or len(chunk) == most):
            yield tuple(chunk)
            chunk, held = [], 0
        chunk.append(dyad)
        held += size
    if chunk:
        yield tuple(chunk)
