"""`detente evaluate geoparsing`: are the place names of news texts found, and put where they are?

Format, JSON Lines: `doc_id`, `text`, `toponyms` [`span` [start, end], `text`, `lat`, `lon`, and in GWN `type`].
Accuracy counts a name as right within 161 km (100 miles) of the gold, as Leidner (2007) and Gritta et al. (2018) do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any, Final

from detente.coding.place_names import linked
from detente.coding.place_senses import Context, Name, guess_home, resolve
from detente.evaluation.data import digest, read_jsonl, require, shared
from detente.evaluation.report import CoderLike, Report
from detente.lexicon.load import load_lexicon
from detente.lexicon.places import Gazetteer, load_gazetteer
from detente.records import Document

SETS: Final = ("lgl", "geovirus", "gwn")
NEAR_KM: Final = 161.0
# Half the length of a great circle: no error is larger. It also stands for "not found" in the area under the curve.
_FAR_KM: Final = 20038.0
# GWN marks every expression that has to do with a place. These kinds name a place itself (Gritta et al. 2020);
# adjectives ("Russian ships") and places inside the names of bodies ("Boston University") are neither wanted nor wrong.
_NAMES_A_PLACE: Final = frozenset(
    {"Literal", "Literal_Modifier", "Mixed", "Metonymic", "Coercion", "Embedded_Literal", None}
)
Point = tuple[float, float]


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance of two points given as (latitude, longitude) in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    haversine = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(haversine)))


def rows_that_count(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The toponyms of a document that have coordinates and are no demonyms, in order of the text."""
    rows = [row for row in document["toponyms"] if row["lat"] is not None and not is_demonym(row["text"])]
    return sorted(rows, key=lambda row: (row["span"][0], row["span"][1]))


def is_demonym(text: str) -> bool:
    """The adjective of a country or the name of its people: LGL and GWN mark them, but they are no places."""
    kinds = {entry.kind for entry in load_lexicon().phrases.forms(text)}
    return bool(kinds & {"adjective", "people"}) and "country" not in kinds


def gold_names(text: str, rows: Sequence[Mapping[str, Any]]) -> list[Name]:
    """The gold's names with what the text says holds them."""
    return linked(text, [(row["span"][0], row["span"][1]) for row in rows])


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score one set, or the three of the shared data. Demonyms and rows without coordinates are left out.

    Figures, each per set (`lgl.f1`) when several are scored: `precision`, `recall`, `f1` of finding names (overlap with
    a gold name); `accuracy` within 161 km of the gold names found and resolved; `accuracy.all` of all gold names with
    coordinates; `accuracy.given` with the gold spans given; `mean_km`, `median_km` of the errors of those resolved;
    `auc` the area under the curve of log errors (0 is best). `.odd` and `.even` are the same accuracies on the halves
    by document: weights were fitted on the even one.

    Raises:
        InputError: the file is missing or not in the format.
    """
    paths = [data] if data else [shared("gold", "geoparsing", f"{name}.jsonl") for name in SETS]
    figures: dict[str, float] = {}
    rows: list[dict[str, Any]] = []
    for path in paths:
        prefix = "" if data else f"{path.stem}."
        scored, outcome = _score(coder, path)
        rows += scored
        figures |= {f"{prefix}{name}": value for name, value in outcome.items()}
    return Report(
        name="geoparsing",
        data=str(data or paths[0].parent),
        sha256=digest(*paths),
        items=len(rows),
        figures=figures,
        misses=tuple(_line(row) for row in rows if not row["right"]),
        predictions=tuple(rows),
        note="weights of the senses were fitted on the even documents of LGL, GeoVirus and GWN",
    )


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['id']} “{row['name']}”: wanted {row['wanted']}; got {row['got'] or 'nothing'}"


def _score(coder: CoderLike, path: Path) -> tuple[list[dict[str, Any]], dict[str, float]]:
    gazetteer = load_gazetteer()
    rows: list[dict[str, Any]] = []
    spurious = hits = wanted = 0
    for number, gold in enumerate(read_jsonl(path)):
        require(gold, ("doc_id", "text", "toponyms"), path, f"line {number + 1}")
        coded = coder.code(Document(text=gold["text"], id=str(gold["doc_id"]), title=gold.get("title"))).analysis
        found = []
        for mention in coded.places:
            span = coded.span(mention.start, mention.end)
            found.append((span.start, span.end, mention.place))
        every = [(row["span"][0], row["span"][1]) for row in gold["toponyms"]]
        spurious += sum(not any(start < e and s < end for s, e in every) for start, end, _ in found)
        counting = rows_that_count(gold)
        given = resolve_given(gold["text"], counting, gazetteer)
        for row, guess in zip(counting, given, strict=True):
            start, end = row["span"]
            place = next((place for s, e, place in found if s < end and start < e), None)
            got = (place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None
            here = (row["lat"], row["lon"])
            asked = row.get("type") in _NAMES_A_PLACE
            wanted += asked
            hits += asked and place is not None
            error = kilometres(got, here) if got else None
            rows.append(
                {
                    "id": f"{gold['doc_id']}:{start}",
                    "name": row["text"],
                    "wanted": f"{row['lat']:.2f},{row['lon']:.2f}",
                    "got": f"{got[0]:.2f},{got[1]:.2f}" if got else None,
                    "confidence": None,
                    "place": place.name if place else None,
                    "found": place is not None,
                    "km": error,
                    "km_given": kilometres(guess, here) if guess else None,
                    "right": error is not None and error <= NEAR_KM,
                    "half": "even" if number % 2 == 0 else "odd",
                    "counts": asked,
                }
            )
    return rows, _figures(rows, hits, wanted, spurious)


def resolve_given(text: str, rows: Sequence[Mapping[str, Any]], gazetteer: Gazetteer) -> list[Point | None]:
    """Where the resolver puts the gold's own names."""
    found: list[Point | None] = []
    for sense in resolve(gold_names(text, rows), gazetteer, Context(home_country=guess_home(text))):
        found.append(None if sense is None else (float(gazetteer.lat[sense[0]]), float(gazetteer.lon[sense[0]])))
    return found


def _figures(rows: Sequence[Mapping[str, Any]], hits: int, wanted: int, spurious: int) -> dict[str, float]:
    precision = hits / (hits + spurious) if hits + spurious else 0.0
    recall = hits / wanted if wanted else 0.0
    figures = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    }
    for suffix, part in (
        ("", rows),
        (".even", [row for row in rows if row["half"] == "even"]),
        (".odd", [row for row in rows if row["half"] == "odd"]),
    ):
        figures[f"accuracy{suffix}"] = _near(part, "km", everyone=False)
        figures[f"accuracy.all{suffix}"] = _near(part, "km", everyone=True)
        figures[f"accuracy.given{suffix}"] = _near(part, "km_given", everyone=False)
        figures[f"accuracy.given.all{suffix}"] = _near(part, "km_given", everyone=True)
    errors = [row["km"] for row in rows if row["km"] is not None]
    if errors:
        figures |= {"mean_km": fmean(errors), "median_km": median(errors)}
        figures["auc"] = fmean(math.log(error + 1.0) for error in errors) / math.log(_FAR_KM)
    return figures


def _near(rows: Sequence[Mapping[str, Any]], name: str, *, everyone: bool) -> float:
    errors = [row[name] for row in rows if row[name] is not None]
    total = len(rows) if everyone else len(errors)
    return sum(error <= NEAR_KM for error in errors) / total if total else 0.0
