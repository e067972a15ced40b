"""What is written is what is read back; no half file stays behind."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError, OptionError, RecordError
from detente.exchange import FORMATS, open_writer, read_records
from detente.exchange import writers as writers_module
from detente.exchange.flat import COLUMNS
from detente.exchange.plover import to_plover
from detente.exchange.schema import SCHEMA
from detente.reading import ReadOptions, read_paths
from detente.records import (
    DATE_BASES,
    FORMS,
    LEVELS,
    STATUSES,
    Actor,
    DateRange,
    Event,
    Participant,
    Place,
    Record,
    Span,
    Statement,
    record_from_dict,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.floats(-10, 10, allow_nan=False)
MAYBE = st.none() | TEXT
WHY = st.dictionaries(TEXT, TEXT, max_size=3).map(lambda reasons: tuple(reasons.items()))
DAY = st.none() | st.dates()


def spans(document: str) -> st.SearchStrategy[Span]:
    return st.builds(Span, st.just(document), st.integers(0, 10**6), st.integers(0, 10**6), TEXT)


ACTORS = st.builds(
    Actor, TEXT, TEXT, MAYBE, st.lists(TEXT, max_size=2).map(tuple), MAYBE, st.none() | st.sampled_from(LEVELS), MAYBE
)
DATES = st.none() | st.builds(DateRange, DAY, DAY, st.sampled_from(DATE_BASES), MAYBE)
PLACES = st.none() | st.builds(
    Place, TEXT, MAYBE, MAYBE, st.none() | NUMBER, st.none() | NUMBER, st.none() | st.integers(0, 2**40)
)
SENTENCE = st.integers(0, 1000)
CONFIDENCE = st.floats(0, 1)


def events(document: str) -> st.SearchStrategy[Event]:
    span = spans(document)
    who = st.builds(Participant, ACTORS, span)
    several = st.lists(who, max_size=3).map(tuple)
    return st.builds(
        Event, st.just(document), SENTENCE, TEXT, MAYBE, st.lists(TEXT, max_size=2).map(tuple),
        st.sampled_from(STATUSES), several, several, st.booleans(), DATES, PLACES, st.none() | who, span, span, MAYBE,
        TEXT, TEXT, st.none() | NUMBER, CONFIDENCE, TEXT, WHY, TEXT, st.lists(span, max_size=2).map(tuple),
    )  # fmt: skip


def statements(document: str) -> st.SearchStrategy[Statement]:
    span = spans(document)
    who = st.none() | st.builds(Participant, ACTORS, span)
    return st.builds(
        Statement, st.just(document), SENTENCE, who, MAYBE, who, who, st.sampled_from(FORMS), st.none() | span, span,
        st.lists(TEXT, max_size=2).map(tuple), NUMBER, st.booleans(), DATES, CONFIDENCE, TEXT, WHY,
    )  # fmt: skip


RECORDS: st.SearchStrategy[list[Record]] = st.lists(
    TEXT.flatmap(lambda document: events(document) | statements(document)), max_size=4
)

USA = Actor("person:ana-lund", "Ana Lund", "NOR", ("GOV", "DIP"), "Envoy; special", "official", "party")
PERU = Actor("PER", "Peru", "PER")


def event(status: str = "planned") -> Event:
    span = Span("d1", 0, 20, "Ana Lund met Peru’s.")
    who = (Participant(USA, Span("d1", 0, 8, "Ana Lund")), Participant(PERU, Span("d1", 13, 17, "Peru")))
    return Event(
        document="d1", sentence=0, type="CONSULT", mode="meet", contexts=("diplomatic",), status=status, actors=who,
        recipients=(), reciprocal=True, date=DateRange(date(2023, 6, 19), date(2023, 6, 20), "explicit", "Monday"),
        place=Place("Oslo", "NOR", "Oslo", 59.9, 10.7, 3143244), said_by=None, evidence=span,
        trigger=Span("d1", 9, 12, "met"), cameo="042", quad="verbal cooperation", quad_scheme="plover", score=2.5,
        confidence=0.9, coder="test", why=(("type", "met: rule"),),
    )  # fmt: skip


def statement() -> Statement:
    content = Span("d1", 0, 4, "Good")
    return Statement("d1", 1, None, None, None, None, "direct", None, content, ("fish",), 0.5, False, None, 0.8, "test")


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
@settings(max_examples=40)
@given(records=RECORDS)
def test_records_read_back_identical(format: str, records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out.{format}"
        with open_writer(format, path) as writer:
            for record in records:
                writer.write(record)
        assert list(read_records(str(path))) == records
        assert writer.written == len(records)


def test_a_file_without_later_additions_is_read() -> None:
    wire = {name: value for name, value in event().to_dict().items() if name not in ("why", "act", "also")}
    read = record_from_dict(wire)
    assert isinstance(read, Event)
    assert (read.id, read.why, read.act, read.also) == (event().id, (), "", ())


@pytest.mark.parametrize("record", [event(), statement()])
@pytest.mark.parametrize("field", ["document", "confidence", "coder", "date"])
def test_a_missing_field_is_named(record: Record, field: str) -> None:
    wire = {name: value for name, value in record.to_dict().items() if name != field}
    with pytest.raises(RecordError, match=f"not a well-formed record: no field '{field}'"):
        record_from_dict(wire)


def test_a_field_of_the_wrong_kind_is_an_error() -> None:
    with pytest.raises(RecordError, match="a field of the wrong kind"):
        record_from_dict({**event().to_dict(), "actors": [5]})


def test_schema_has_every_field_of_the_wire() -> None:
    assert set(SCHEMA.names) == event().to_dict().keys() | statement().to_dict().keys()
    for name, value in event().to_dict().items():
        inner = SCHEMA.field(name).type
        if isinstance(value, dict) and name != "why":
            assert {field.name for field in inner} == value.keys()


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_gets_the_same_bytes_as_a_file_and_stays_open(tmp_path: Path, format: str) -> None:
    path, stream = tmp_path / "out", io.BytesIO()
    for out in (path, stream):
        with open_writer(format, out) as writer:
            writer.write(event())
    assert path.read_bytes() == stream.getvalue()


def test_parquet_goes_out_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers_module, "ROW_GROUP", 2)
    path = tmp_path / "out.parquet"
    with open_writer("parquet", path) as writer:
        for _ in range(5):
            writer.write(event())
    assert pq.ParquetFile(path).num_row_groups == 3
    assert list(read_records(str(path))) == [event()] * 5


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_left_of_output_that_failed(tmp_path: Path, format: str) -> None:
    path = tmp_path / "out"
    path.write_text("what was there before")
    with pytest.raises(KeyboardInterrupt), open_writer(format, path) as writer:
        writer.write(event())
        assert path.read_text() == "what was there before"
        raise KeyboardInterrupt
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert path.read_text() == "what was there before"


def test_csv_keeps_several_actors_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with open_writer("csv", path) as writer:
        writer.write(event())
        writer.write(statement())
    with path.open(newline="", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert list(first) == list(COLUMNS)
    assert first["actors.id"] == "person:ana-lund;PER"
    assert first["actors.office"] == "Envoy, special;"
    assert first["actors.sectors"] == "GOV|DIP;"
    assert (first["date.start"], first["place.lat"], first["reciprocal"]) == ("2023-06-19", "59.9", "true")
    assert first["why"] == "type: met: rule"
    assert (second["record"], second["content.text"], second["type"]) == ("statement", "Good", "")


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_output_among_the_texts_is_one_error(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"records.{format}"
    with open_writer(format, path) as writer:
        for _ in range(3):
            writer.write(event())
    faults: list[InputError] = []
    assert not list(read_paths([str(path)], ReadOptions(), on_error=faults.append, on_note=lambda _: None))
    assert [str(fault) for fault in faults] == [f"{path}: holds records that détente wrote, no texts (give the texts)"]


def test_plover_has_the_manuals_names_and_leaves_statements_out(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with open_writer("plover", path) as writer:
        writer.write(event())
        writer.write(statement())
    (line,) = path.read_text(encoding="utf-8").splitlines()
    coded = json.loads(line)
    assert coded["event"] == ["CONSULT"]
    assert [one["code"] for one in coded["actor"]] == ["NOR", "PER"]
    assert (coded["date"], coded["enddate"], coded["quad_code"]) == ("2023-06-19", "2023-06-20", 1)
    assert coded["event_loc"]["geonameid"] == 3143244
    assert writer.notes == ("1 statements left out: plover has no place for them",)


@pytest.mark.parametrize(
    ("status", "auxiliary"),
    [
        ("happened", []),
        ("ongoing", []),
        ("planned", ["future"]),
        ("possible", ["hypothetical"]),
        ("hypothetical", ["hypothetical"]),
        ("denied", ["negation"]),
        ("cancelled", ["negation"]),
        ("historical", ["historical"]),
    ],
)
def test_plover_context_says_what_is_no_fact(status: str, auxiliary: list[str]) -> None:
    coded = to_plover(event(status))
    assert coded["context"] == ["diplomatic", *auxiliary]
    assert coded["status"] == status


def test_unknown_format_and_impossible_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="jsonl, csv, parquet, plover"):
        open_writer("xml", tmp_path / "out")
    with pytest.raises(OptionError, match="cannot be written"):
        open_writer("jsonl", tmp_path / "nowhere" / "out")
    with pytest.raises(OptionError, match="folder"):
        open_writer("jsonl", tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"record": "event"}\n', "line 1: not a well-formed record"),
        (b'{"record": "rumour"}\n', "unknown record kind"),
        (b"\n[1]\n", "line 2: not a record"),
        (b"{\n", "line 1: not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"PAR1 no more", "Parquet that cannot be read"),
        (b"\x1f\x8b\x08", "truncated"),
    ],
)
def test_what_is_no_record_file_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "records"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        list(read_records(str(path)))
