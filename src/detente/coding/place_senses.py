"""Which place a name means: all names of a text are resolved together.

Names of one form share a sense within a text, unless what holds them differs ("Paris, Texas" and "Paris, France"). Each
sense is scored by a weighted sum of features (`lexicon/data/place_weights.tsv`); the context features look at the
senses the other names have so far, for a few rounds (mean-field). The weights were fitted by `training/places.py`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.lexicon.places import KINDS, Gazetteer, key_of

FEATURES: Final = (
    "people", "rank", "country", "division", "district", "district_short", "byname", "capital", "other_kind",
    "held", "not_held", "loosely_held", "same_elsewhere", "country_share", "division_share", "near_30", "near_160",
    "near_600", "home_country", "home_division", "holds_others", "acting_capital",
)  # fmt: skip
_KIND: Final = {name: at for at, name in enumerate(KINDS)}
_COUNTRY, _DIVISION, _DISTRICT, _TOWN = (_KIND[name] for name in ("country", "division", "district", "town"))
# More senses than this of one name are never looked at: the most peopled are kept.
_SENSES: Final = 60
_ROUNDS: Final = 3
# People of a great city and of one that is known abroad, and the share of them that another place of the name must have
# to be meant (set by eye).
_GREAT, _EQUAL = 500_000, 0.05
_KNOWN, _NEAR_EQUAL = 100_000, 0.2
_HOME_CUES: Final = 2
_EARTH_KM: Final = 6371.0
# How well known places are that have no inhabitants to count, as a number of people.
_STANDING: Final = {
    "continent": 1e9, "region": 2e7, "water": 2e7, "island": 1e6, "river": 1e6, "mountain": 1e6, "building": 1e6,
    "base": 3e5, "site": 3e5,
}  # fmt: skip
# Every sense is weighed against every other, in time and memory that grow with the square of their number: a text with
# more different names than this, many times those of an article, is taken in stretches.
_TOGETHER: Final = 500
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in a text. `holder` is the index of the name said to hold it ("X, Y", "X in Y"), None if none.

    `firm` tells "X, Y" and "X (Y)" from the looser "X in Y". `weight` is its say in the context of the others. `acts`:
    it does something there ("Washington warned"), as governments do.
    """

    text: str
    holder: int | None = None
    firm: bool = True
    weight: float = 1.0
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the names: home country and division (row) of the publisher, countries named otherwise
    (demonyms, actors) with how often; `abroad`: the text is of the dealings of states, which meet in known cities."""

    home_country: str | None = None
    home_division: int | None = None
    countries: Mapping[str, int] | None = None
    abroad: bool = False


@dataclass(slots=True)
class Problem:
    """The groups of names of one text with their senses: what the scorer and the training of its weights work on.

    `group_of` maps names to groups (-1: no sense known). Senses are laid end to end: those of group g are
    `rows[bounds[g]:bounds[g + 1]]`; `owner` is the group of each sense. `fixed` holds the features that no context
    changes.
    """

    group_of: list[int]
    bounds: list[int]
    rows: NDArray[np.int64]
    owner: NDArray[np.int64]
    counts: NDArray[np.float64]
    fixed: Matrix
    holders: list[int]
    firm: list[bool]
    contains: NDArray[np.bool_]
    nearness: tuple[Matrix, Matrix, Matrix]
    same_country: Matrix
    same_division: Matrix
    twins: list[list[int]]
    outside_countries: NDArray[np.float64]


def pose(names: Sequence[Name], gazetteer: Gazetteer, context: Context = Context()) -> Problem:
    """Group the names and lay out their senses and features."""
    groups: dict[tuple[str, str], int] = {}
    members: list[list[int]] = []
    group_of: list[int] = []
    for at, name in enumerate(names):
        key = key_of(name.text)
        held_by = key_of(names[name.holder].text) if name.holder is not None and name.firm else ""
        senses = gazetteer.find_key(key)
        if not senses:
            group_of.append(-1)
            continue
        group = groups.setdefault((key, held_by), len(members))
        if group == len(members):
            members.append([])
        members[group].append(at)
        group_of.append(group)
    rows: list[int] = []
    byname: list[bool] = []
    bounds = [0]
    for key, held_by in groups:
        senses = gazetteer.find_key(key)
        if context.abroad and not held_by:
            senses = _well_known(senses, gazetteer)
        if len(senses) > _SENSES:
            senses = sorted(senses, key=lambda sense: -_standing(gazetteer, sense[0]))[:_SENSES]
        rows += [row for row, _ in senses]
        byname += [other for _, other in senses]
        bounds.append(len(rows))
    row_array = np.array(rows, np.int64)
    owner = np.repeat(np.arange(len(members)), np.diff(bounds))
    holders, firm = _holders(names, members, group_of)
    keys = [key for key, _ in groups]
    twins = [[other for other, key in enumerate(keys) if key == keys[at] and other != at] for at in range(len(keys))]
    counts = np.array([sum(names[at].weight for at in group) for group in members], np.float64)
    fixed = _fixed(row_array, np.array(byname, np.bool_), bounds, gazetteer, context)
    if len(rows):
        acting = np.array([sum(names[at].acts for at in group) / len(group) for group in members])
        fixed[:, FEATURES.index("acting_capital")] = acting[owner] * gazetteer.capital[row_array]
    return Problem(
        group_of, bounds, row_array, owner, counts, fixed,
        holders, firm, *_relations(row_array, gazetteer), twins, _outside(row_array, gazetteer, context),
    )  # fmt: skip


def _well_known(senses: list[tuple[int, bool]], gazetteer: Gazetteer) -> list[tuple[int, bool]]:
    """Where one of the senses is a great city or a known one, those that are not its equals are left out: hamlets
    called London, the Geneva of New York."""
    most = max(int(gazetteer.people[row]) for row, _ in senses)
    if most < _KNOWN:
        return senses
    equal = _EQUAL if most >= _GREAT else _NEAR_EQUAL
    return [
        (row, other) for row, other in senses
        if gazetteer.people[row] >= most * equal or gazetteer.kind[row] in (_COUNTRY, _DIVISION)
    ]  # fmt: skip


def _standing(gazetteer: Gazetteer, row: int) -> float:
    return float(gazetteer.people[row]) + (1e9 if gazetteer.kind[row] == _COUNTRY else 0.0)


def _holders(names: Sequence[Name], members: list[list[int]], group_of: list[int]) -> tuple[list[int], list[bool]]:
    """The group that most often holds each group (-1: none), and whether it is said firmly."""
    holders, firm = [], []
    for group in members:
        votes: Counter[tuple[int, bool]] = Counter()
        for at in group:
            holder = names[at].holder
            if holder is not None and group_of[holder] >= 0 and group_of[holder] != group_of[at]:
                votes[group_of[holder], names[at].firm] += 1
        best = max(votes, key=lambda vote: (vote[1], votes[vote]), default=(-1, False))
        holders.append(best[0])
        firm.append(best[1])
    return holders, firm


def _fixed(
    rows: NDArray[np.int64],
    byname: NDArray[np.bool_],
    bounds: list[int],
    gazetteer: Gazetteer,
    context: Context,
) -> Matrix:
    """Features of a sense that no other name changes; the context's columns stay 0."""
    found = np.zeros((len(rows), len(FEATURES)))
    if not len(rows):
        return found
    kind = gazetteer.kind[rows]
    people = np.log10(gazetteer.people[rows] + 10.0)
    for name, standing in _STANDING.items():
        people[kind == _KIND[name]] = np.log10(standing)
    rank = np.zeros(len(rows))
    for first, last in pairwise(bounds):
        rank[first:last] = people[first:last] - people[first:last].max()
    columns = {
        "people": people,
        "rank": rank,
        "country": kind == _COUNTRY,
        "division": kind == _DIVISION,
        "district": (kind == _DISTRICT) & ~byname,
        "district_short": (kind == _DISTRICT) & byname,
        # The other names of countries and great cities ("Burma", "Kiev") are as established as the main one.
        "byname": byname & (kind != _DISTRICT) & (kind != _COUNTRY) & ~((kind == _TOWN) & (people >= 6.0)),
        "capital": np.where(gazetteer.capital[rows], _capital_weight(rows, gazetteer), 0.0),
        "other_kind": kind > _TOWN,
    }
    if context.home_country:
        code = gazetteer.countries.index(context.home_country)
        columns["home_country"] = gazetteer.country[rows] == code
    if context.home_division is not None:
        home = context.home_division
        columns["home_division"] = (gazetteer.division[rows] == home) | (rows == home)
    for name, values in columns.items():
        found[:, FEATURES.index(name)] = values
    return found


def _capital_weight(rows: NDArray[np.int64], gazetteer: Gazetteer) -> NDArray[np.float64]:
    """A capital is as well known as its country is great: the logarithm of its people, 0 at 100,000."""
    homes = [gazetteer.country_row.get(gazetteer.country_of(int(row)) or "", -1) for row in rows]
    people = np.array([gazetteer.people[home] if home >= 0 else 0 for home in homes], np.float64)
    return np.log10(np.maximum(people, 1e5)) - 5.0


def _relations(
    rows: NDArray[np.int64], gazetteer: Gazetteer
) -> tuple[NDArray[np.bool_], tuple[Matrix, Matrix, Matrix], Matrix, Matrix]:
    """Between senses: [i, j] is true where j contains i; nearness at three scales; same country; same division."""
    kind = gazetteer.kind[rows]
    country = gazetteer.country[rows].astype(np.int64)
    division = np.where(kind == _DIVISION, rows, gazetteer.division[rows])
    district = gazetteer.district[rows]
    within_country = (country[:, None] == country[None, :]) & (country[:, None] > 0)
    contains = within_country & (kind[None, :] == _COUNTRY) & (kind[:, None] != _COUNTRY)
    contains |= (division[:, None] == rows[None, :]) & (kind[None, :] == _DIVISION) & (rows[:, None] != rows[None, :])
    contains |= (district[:, None] == rows[None, :]) & (rows[:, None] != rows[None, :])
    lat, lon = np.radians(gazetteer.lat[rows].astype(np.float64)), np.radians(gazetteer.lon[rows].astype(np.float64))
    cosine = np.sin(lat)[:, None] * np.sin(lat) + np.cos(lat)[:, None] * np.cos(lat) * np.cos(lon[:, None] - lon)
    distance = _EARTH_KM * np.arccos(np.clip(cosine, -1.0, 1.0))
    # The midst of a country or of a larger division says little about what lies near.
    pointlike = (kind != _COUNTRY) & (kind != _KIND["continent"])
    weight = np.where(pointlike, np.where(kind == _DIVISION, 0.5, 1.0), 0.0)[None, :]
    near = tuple(weight * np.exp(-distance / scale) for scale in (30.0, 160.0, 600.0))
    same_division = (division[:, None] == division[None, :]) & (division[:, None] >= 0)
    return (
        contains,
        (near[0], near[1], near[2]),
        within_country.astype(np.float64),
        same_division.astype(np.float64),
    )


def _outside(rows: NDArray[np.int64], gazetteer: Gazetteer, context: Context) -> NDArray[np.float64]:
    """How often the country of each sense is named by other means than places."""
    if not context.countries or not len(rows):
        return np.zeros(len(rows))
    counts = np.array([context.countries.get(code, 0) for code in gazetteer.countries], np.float64)
    return counts[gazetteer.country[rows]]


def features(problem: Problem, belief: NDArray[np.float64]) -> Matrix:
    """The features of every sense, given what is believed of the senses of the other names (shares that add up to 1
    in each group)."""
    found = problem.fixed.copy()
    size = len(problem.rows)
    if not size:
        return found
    # A name repeated ten times says more than one named once, but not ten times as much.
    mass = belief * np.sqrt(problem.counts)[problem.owner]
    other = problem.owner[:, None] != problem.owner[None, :]
    # Names of the same form are no evidence for each other.
    for group, twins in enumerate(problem.twins):
        for twin in twins:
            other[np.ix_(problem.owner == group, problem.owner == twin)] = False
    total = float(np.sqrt(problem.counts).sum())
    elsewhere = np.maximum(total - np.sqrt(problem.counts)[problem.owner], 1e-9)
    masked = np.where(other, mass[None, :], 0.0)
    outside = float(problem.outside_countries.max(initial=0.0))
    in_country = (problem.same_country * masked).sum(1) + np.sqrt(problem.outside_countries)
    found[:, FEATURES.index("country_share")] = np.log(0.03 + in_country / (elsewhere + np.sqrt(outside) + 0.5))
    in_division = (problem.same_division * masked).sum(1)
    found[:, FEATURES.index("division_share")] = np.log(0.03 + in_division / (elsewhere + 0.5))
    for name, near in zip(("near_30", "near_160", "near_600"), problem.nearness, strict=True):
        found[:, FEATURES.index(name)] = np.log(0.05 + (near * masked).sum(1))
    found[:, FEATURES.index("holds_others")] = np.minimum((problem.contains.T * masked).sum(1), 3.0)
    for group, holder in enumerate(problem.holders):
        if holder < 0:
            continue
        mine, theirs = problem.owner == group, problem.owner == holder
        inside = (problem.contains[np.ix_(mine, theirs)] * belief[theirs]).sum(1)
        possible = problem.contains[np.ix_(mine, theirs)].any(1)
        if problem.firm[group]:
            found[mine, FEATURES.index("held")] = 0.5 * inside + 0.5 * possible
            found[mine, FEATURES.index("not_held")] = possible.any() & ~possible
        else:
            found[mine, FEATURES.index("loosely_held")] = inside
    for group, twins in enumerate(problem.twins):
        for twin in twins:
            theirs = dict(zip(_rows(problem, twin), belief[problem.owner == twin], strict=True))
            for at in range(problem.bounds[group], problem.bounds[group + 1]):
                row = int(problem.rows[at])
                found[at, FEATURES.index("same_elsewhere")] += theirs.get(row, 0.0)
    return found


def _rows(problem: Problem, group: int) -> list[int]:
    found: list[int] = problem.rows[problem.bounds[group] : problem.bounds[group + 1]].tolist()
    return found


def shares(problem: Problem, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores to shares that add up to 1 within each group (softmax)."""
    if not len(scores):
        return scores
    starts = problem.bounds[:-1]
    top = np.maximum.reduceat(scores, starts)
    raised = np.exp(scores - top[problem.owner])
    return np.asarray(raised / np.add.reduceat(raised, starts)[problem.owner])


def believe(
    problem: Problem, first: NDArray[np.float64], later: NDArray[np.float64], rounds: int = _ROUNDS
) -> NDArray[np.float64]:
    """Beliefs after the rounds: without context by the weights `first`, then in context by `later`."""
    belief = shares(problem, problem.fixed @ first)
    for _ in range(rounds):
        belief = shares(problem, features(problem, belief) @ later)
    return belief


def guess_home(text: str) -> str | None:
    """The country whose readers a text is written for, by its institutions and spelling; None if that is not clear.

    One country must have three cues, and twice as many as any other, in the table `gazetteer_home_cues.tsv`.
    """
    words = re.findall(r"[^\W\d_]+(?:['’]s?)?", text.lower().replace("’", "'"))
    there = set(words) | {f"{one} {two}" for one, two in pairwise(words)}
    scores = sorted(((len(cues & there), country) for country, cues in _home_cues()), reverse=True)
    if scores[0][0] >= _HOME_CUES and scores[0][0] >= 2 * scores[1][0]:
        return scores[0][1]
    return None


@lru_cache(maxsize=1)
def _home_cues() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((row["country"], frozenset(row["cues"].split("|"))) for row in _table("gazetteer_home_cues.tsv"))


def _table(name: str) -> list[dict[str, str]]:
    text = (files("detente.lexicon") / "data" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=1)
def load_weights() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The fitted weights: of the first guess and of the later rounds, in the order of `FEATURES`."""
    table = {row["feature"]: row for row in _table("place_weights.tsv")}
    return (
        np.array([float(table[name]["first"]) for name in FEATURES]),
        np.array([float(table[name]["later"]) for name in FEATURES]),
    )


def resolve(
    names: Sequence[Name],
    gazetteer: Gazetteer,
    context: Context = Context(),
) -> list[tuple[int, float] | None]:
    """The row of the place that each name means, with its share of belief; None where no place has the name."""
    found: list[tuple[int, float] | None] = []
    for start, end in _stretches(names):
        inside = range(start, end)
        stretch = [
            replace(name, holder=name.holder - start if name.holder is not None and name.holder in inside else None)
            for name in names[start:end]
        ]
        found += _resolve(stretch, gazetteer, context)
    return found


def _stretches(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Runs [start, end) of names, each with at most `_TOGETHER` different ones."""
    start, seen = 0, set[str]()
    for at, name in enumerate(names):
        key = key_of(name.text)
        if len(seen) == _TOGETHER and key not in seen:
            yield start, at
            start, seen = at, set()
        seen.add(key)
    yield start, len(names)


def _resolve(names: Sequence[Name], gazetteer: Gazetteer, context: Context) -> list[tuple[int, float] | None]:
    problem = pose(names, gazetteer, context)
    belief = believe(problem, *load_weights())
    best: list[tuple[int, float]] = []
    for first, last in pairwise(problem.bounds):
        top = first + int(belief[first:last].argmax())
        best.append((int(problem.rows[top]), float(belief[top])))
    return [best[group] if group >= 0 else None for group in problem.group_of]
