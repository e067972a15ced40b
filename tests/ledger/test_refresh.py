"""However a ledger came to be, it says what one says that was filed at once: the same rows in the same words."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.coding import Coder
from detente.errors import InputError
from detente.ledger import add, derive, forget, lookups, query, reading, recode, refresh, sole_writer, writing
from detente.ledger.add import Coded
from detente.ledger.derive import LEAST_NEAR
from detente.ledger.filing import Filing, file, refile
from detente.ledger.near import derive_near
from detente.lexicon import load_lexicon
from detente.reading import ReadOptions, read_paths
from detente.records import Document, Event, Signal, Statement
from detente.relations import Channel, Commitment, Contact, Episode

_DEMO = Path(__file__).parents[2] / "examples" / "us-china-2023" / "documents.jsonl"
_NOUNS = ("episodes", "contacts", "commitments", "channels")


class Remembered:
    """The coder, which codes each text once for all tests; `version` is added to the name by which it files."""

    def __init__(self, coder: Coder) -> None:
        self._coder, self._known, self.version = coder, dict[Document, Coded](), ""

    @property
    def name(self) -> str:
        return self._coder.name + self.version

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coded]:
        for document in documents:
            if document not in self._known:
                self._known[document] = self._coder.code(document)
            yield self._known[document]


@pytest.fixture(scope="module")
def remembered(coder: Coder) -> Remembered:
    return Remembered(coder)


@pytest.fixture(scope="module")
def documents(stories: tuple[Document, ...]) -> tuple[Document, ...]:
    """The demo corpus, the same a year on with other words before it, stories of other countries, and reprints: a day
    later, a day earlier, with the last sentence cut."""
    demo = tuple(read_paths([str(_DEMO)], ReadOptions(), on_error=_raise, on_note=print))
    again = [_moved(one, f"{one.id}-on", "From our own correspondent. ", 364) for one in demo[::4]]
    late = [_moved(one, f"{one.id}-late", "", 1) for one in demo[1::6]]
    early = [_moved(one, f"{one.id}-early", "", -1) for one in demo[2::9]]
    cut = [replace(one, id=f"{one.id}-cut", text=one.text[: one.text.rstrip(".").rfind(".") + 1]) for one in demo[3::9]]
    undated = replace(demo[5], id="undated", published=None, text=demo[5].text + " Both sides said no more.")
    return (*demo, *again, *late, *early, *cut, undated, *stories)


def _moved(one: Document, id: str, before: str, days: int) -> Document:
    day = one.published + timedelta(days) if one.published else None
    return replace(one, id=id, text=before + one.text, published=day, turns=())


def _raise(fault: InputError) -> None:
    raise fault


def _file(path: Path, documents: Sequence[Document], coder: Remembered, least: int = LEAST_NEAR) -> None:
    with sole_writer(path):
        list(add(path, documents, coder, on_error=_raise))
        refresh(path, least=least)


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is derived, in an order that the rows decide."""
    return {
        noun: query(path, f"SELECT v.*, t.record FROM v_{noun} v JOIN {noun} t USING ({key}) ORDER BY ALL")[1]
        for noun, key in zip(_NOUNS, ("id, first, second",) * 3 + ("first, second, channel",), strict=True)
    }


def _expect_as_from_scratch(path: Path) -> None:
    """Every dyad has just what `derive` makes of all its records on the last day of the ledger."""
    with reading(path) as connection:
        as_of = lookups.latest_day(connection)
        assert as_of and not lookups.stale(connection, as_of)
        dyads = connection.execute("SELECT DISTINCT first, second FROM event_dyads ORDER BY ALL").fetchall()
        for dyad in dyads:
            reports, tellings = lookups.reports(connection, dyad), lookups.tellings(connection, dyad)
            whole = derive(dyad, reports, tellings, lookups.sources(connection, dyad), as_of)
            for noun in _NOUNS:
                told = connection.execute(f"SELECT record FROM {noun} WHERE first = ? AND second = ?", dyad).fetchall()
                assert sorted(record for (record,) in told) == sorted(map(_wire, getattr(whole, noun)))


def _wire(noun: Episode | Contact | Commitment | Channel) -> str:
    return json.dumps(noun.to_dict(), ensure_ascii=False, separators=(",", ":"))


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory, documents: Sequence[Document], remembered: Remembered) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "l.duckdb"
    _file(path, documents, remembered)
    return path


def test_filed_at_once_is_as_from_scratch(at_once: Path) -> None:
    _expect_as_from_scratch(at_once)
    assert min(len(rows) for rows in _rows(at_once).values()) > 10


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("least", [1, LEAST_NEAR])
def test_in_any_order_and_in_any_portions(
    tmp_path: Path, at_once: Path, documents: Sequence[Document], remembered: Remembered, seed: int, least: int
) -> None:
    """Whether a dyad is derived from what is near to the new documents, or from all there is on it."""
    rng, waiting, path = random.Random(seed), list(documents), tmp_path / "l.duckdb"
    if seed == 1:
        waiting.sort(key=lambda one: (one.published or date.max, one.id))
    else:
        rng.shuffle(waiting)
    while waiting:
        portion = rng.choice([1, 2, 5, 20, 40])
        _file(path, waiting[:portion], remembered, least)
        waiting = waiting[portion:]
    _expect_as_from_scratch(path)
    assert _rows(path) == _rows(at_once)


def test_what_is_forgotten_leaves_no_trace(
    tmp_path: Path, documents: Sequence[Document], at_once: Path, remembered: Remembered
) -> None:
    """Neither the latest document of the ledger, nor an original whose reprints stay, nor the rest."""
    path, rng = tmp_path / "l.duckdb", random.Random(5)
    shutil.copy(at_once, path)
    latest = max(documents, key=lambda one: (one.published or date.min, one.id))
    originals = [row[0] for row in query(path, "SELECT DISTINCT reprint_of FROM v_documents WHERE reprint_of <> ''")[1]]
    assert len(originals) > 5
    gone = [latest.id, *sorted(originals)[:4], *(one.id for one in rng.sample(list(documents), 8))]
    for id in dict.fromkeys(gone):
        with writing(path) as connection:
            forget(connection, id)
        refresh(path)
        _expect_as_from_scratch(path)
    _file(path, [one for one in documents if one.id in gone], remembered)
    assert _rows(path) == _rows(at_once)


def test_coded_anew_is_as_from_scratch(tmp_path: Path, at_once: Path, coder: Coder) -> None:
    """Even when the new coder is half-way through."""
    path, newer = tmp_path / "l.duckdb", Remembered(coder)
    shutil.copy(at_once, path)
    newer.version = "-next"
    with sole_writer(path):
        for number, _ in enumerate(recode(path, newer)):
            if number == 20:
                break
        refresh(path)
        _expect_as_from_scratch(path)
        list(recode(path, newer))
        refresh(path)
    _expect_as_from_scratch(path)


@pytest.mark.parametrize("least", [1, LEAST_NEAR])
def test_as_days_pass_promises_fall_due_and_channels_quiet(
    tmp_path: Path, at_once: Path, remembered: Remembered, least: int
) -> None:
    """Though nothing more is filed on the two; only those dyads are looked at for which a day has come."""
    path = tmp_path / "l.duckdb"
    shutil.copy(at_once, path)
    looked = []
    for days in (1, 9, 30, 60, 200, 700, 700, 700):
        with reading(path) as connection:
            day = lookups.latest_day(connection)
        assert day
        other = f"The mayor of a town of {days} people opened a library on the market square for all who read there."
        with sole_writer(path):
            later = Document(other, f"later-{day}", None, day + timedelta(days))
            list(add(path, [later], remembered, on_error=_raise))
            looked.append(refresh(path, least=least))
        _expect_as_from_scratch(path)
    assert looked[-1] == 0 < max(looked)


@pytest.fixture(scope="module")
def coded(remembered: Remembered) -> list[Filing]:
    """The demo corpus with its records, without fingerprints."""
    demo = [one for one in read_paths([str(_DEMO)], ReadOptions(), on_error=_raise, on_note=print) if one.published]
    made = zip(demo, remembered.code_many(demo), strict=True)
    return [Filing(one, remembered.name, c.events, c.statements, c.signals, side=c.side) for one, c in made]


def _told_on(filing: Filing, id: str, days: int) -> Filing:
    """A document and all its records, told of other days; its new id names no day."""
    document = filing.document
    assert document.published

    def anew(record: Event | Statement | Signal) -> dict[str, object]:
        wire = json.dumps(record.to_dict()).replace(json.dumps(document.id), json.dumps(id))
        wire = re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda day: str(date.fromisoformat(day[0]) + timedelta(days)), wire)
        moved: dict[str, object] = json.loads(wire)
        return moved

    return replace(
        filing,
        document=replace(document, id=id, published=document.published + timedelta(days), turns=()),
        events=tuple(Event.from_dict(anew(one)) for one in filing.events),
        statements=tuple(Statement.from_dict(anew(one)) for one in filing.statements),
        signals=(),
    )


def _reprinted(filing: Filing, days: int) -> Filing:
    """A reprint that adds nothing."""
    document = filing.document
    assert document.published
    copy = replace(document, id=f"{document.id}-copy", published=document.published + timedelta(days))
    return Filing(copy, filing.coder, (), (), (), reprint_of=document.id, side=filing.side)


@pytest.mark.parametrize("seed", [0, 1])
def test_of_many_years_only_what_is_near_is_derived_again(tmp_path: Path, coded: list[Filing], seed: int) -> None:
    """Documents told of twelve years come in any order, are reprinted, coded anew and forgotten."""
    rng, path = random.Random(seed), tmp_path / "l.duckdb"
    told = []
    for number in range(18):
        first, day = rng.randrange(len(coded) - 10), rng.randrange(12 * 365)
        for place, one in enumerate(coded[first : first + 10]):
            since = (coded[first].document.published or date.min) - date(2005, 1, 1)
            told.append(_told_on(one, f"d{number}-{place}", day - since.days))
    rng.shuffle(told)
    if seed == 0:
        told.sort(key=lambda one: (one.document.published or date.max, one.document.id))
    with writing(path, new=True) as connection:
        file(connection, told[:120])
    refresh(path)
    filed, waiting, near = told[:120], told[120:], 0
    for step in range(18):
        chance = rng.random()
        some = [waiting.pop(0) for _ in range(min(len(waiting), rng.choice([1, 1, 2, 5])))]
        some += [_reprinted(rng.choice(filed), rng.randrange(3)) for _ in range(chance < 0.15)]
        with writing(path) as connection:
            file(connection, [one for one in some if one.document.id not in {f.document.id for f in filed}])
            if chance > 0.85:
                forget(connection, filed.pop(rng.randrange(len(filed))).document.id)
            elif chance > 0.75:
                anew = rng.choice(filed)
                refile(connection, [replace(anew, events=anew.events[1:])])
        filed += [one for one in some if one.document.id not in {f.document.id for f in filed}]
        near += _derived_near(path)
        refresh(path, least=1)
        if step % 6 == 5:
            _expect_as_from_scratch(path)
    assert near > 8


def _derived_near(path: Path) -> bool:
    """Whether what has changed between the two of the demo can be told from what is near."""
    with reading(path) as connection:
        as_of = lookups.latest_day(connection)
        assert as_of
        for one in lookups.stale(connection, as_of):
            if one.dyad == ("CHN", "USA") and one.documents and one.derived_on:
                holders = load_lexicon()
                return derive_near(connection, one.dyad, one.documents, one.derived_on, as_of, holders) is not None
    return False
