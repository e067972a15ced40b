"""What is written is read back, and written again is the same bytes; published rows go out as they came."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import OptionError
from detente.exchange.exporting import open_rows
from detente.exchange.formats import FORMATS, LAYOUTS
from detente.exchange.importing import Reading
from detente.exchange.parts import Part
from detente.ledger.row_tables import ROWS, rows_to_table, table_to_rows
from detente.rows import EventRow, Party, RowPlace
from tests.exchange.event_rows import event_rows

EVENTS = [name for name in FORMATS if name not in LAYOUTS or LAYOUTS[name].schema is ROWS]


def written(format: str, rows: list[EventRow]) -> tuple[bytes, int]:
    out = io.BytesIO()
    with open_rows(format, out) as writer:
        writer.write(rows_to_table(rows))
    return out.getvalue(), writer.written


def read(format: str, data: bytes, name: str = "file") -> list[EventRow]:
    reading = Reading(Part(name, "", io.BytesIO(data)), format)
    found: list[EventRow] = []
    for rows in reading:
        assert not rows.faults
        assert len(rows.lines) == rows.table.num_rows
        found += table_to_rows(rows.table)
    return found


@pytest.mark.parametrize("format", EVENTS)
@settings(max_examples=40)
@given(rows=st.lists(event_rows(), min_size=1, max_size=4))
def test_export_import_export_gives_the_same_bytes(format: str, rows: list[EventRow]) -> None:
    first, count = written(format, rows)
    if count:
        back = read(format, first)
        assert len(back) == count
        assert written(format, back) == (first, count)


# What a cell of GDELT can hold: neither tab nor line break, and no mark of ours for what is missing.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30).map(str.strip)
STAMP = st.datetimes(datetime(1979, 1, 1), datetime(2030, 1, 1)).map(lambda moment: f"{moment:%Y%m%d%H%M%S}")
FIGURE = st.decimals(-100, 100, places=4).map(str)
IDS = st.integers(1, 10**12).map(str)


@st.composite
def mentions(draw: st.DrawFn) -> list[str]:
    texts = [draw(TEXT) for _ in range(4)]
    places = [str(draw(st.integers(-1, 9_999))) for _ in range(5)]
    kind, share = str(draw(st.integers(1, 6))), str(draw(st.integers(0, 100)))
    head = [draw(IDS), draw(STAMP), draw(STAMP), kind, *texts[:2]]
    return [*head, *places[:4], "1", share, places[4], draw(FIGURE), *texts[2:]]


@st.composite
def graph_rows(draw: st.DrawFn) -> list[str]:
    when, lists = draw(STAMP), [draw(TEXT) for _ in range(24)]
    lists[12] = ",".join(draw(FIGURE) for _ in range(7))
    return [f"{when}-T{draw(IDS)}", when, str(draw(st.integers(1, 6))), *lists]


@pytest.mark.parametrize(("format", "row"), [("gdelt-mentions", mentions()), ("gdelt-gkg", graph_rows())])
@settings(max_examples=60)
@given(data=st.data())
def test_other_rows_of_gdelt_go_out_as_they_came(
    format: str, row: st.SearchStrategy[list[str]], data: st.DataObject
) -> None:
    lines = data.draw(st.lists(row.map("\t".join), min_size=1, max_size=4))
    published = "".join(line + "\n" for line in lines).encode()
    out = io.BytesIO()
    with open_rows(format, out) as writer:
        for rows in Reading(Part("file", "", io.BytesIO(published)), format):
            assert not rows.faults
            writer.write(rows.table)
    assert out.getvalue() == published


@settings(max_examples=60)
@given(row=event_rows())
def test_rows_go_to_arrow_and_back(row: EventRow) -> None:
    assert list(table_to_rows(rows_to_table([row]))) == [row]


ROW = EventRow(
    dataset="detente",
    id="ev-0123456789abcdef.1",
    start=date(2023, 6, 18),
    end=date(2023, 6, 19),
    actor=Party("Antony Blinken", "USA", "person:antony-blinken", ("GOV",)),
    recipient=Party("Qin Gang", "CHN", "person:qin-gang", ("GOV",)),
    code="CONSULT",
    code_scheme="plover",
    type="CONSULT",
    mode="visit",
    quad="verbal cooperation",
    quad_scheme="plover",
    score=4.0,
    score_scheme="plover",
    place=RowPlace("Beijing", "CHN", "Beijing", 39.9, 116.4, 1816670),
    url="https://news.example/1",
    reports=3,
)


def cells(format: str, row: EventRow) -> dict[str, str]:
    layout = LAYOUTS[format]
    text = written(format, [row])[0].decode()
    lines = list(csv.reader(io.StringIO(text), delimiter=layout.delimiter))
    return dict(zip(layout.columns, lines[-1], strict=True))


def test_a_record_of_ours_in_terms_of_gdelt() -> None:
    found = cells("gdelt2", ROW)
    assert found["GLOBALEVENTID"].isdecimal()
    assert (found["SQLDATE"], found["MonthYear"], found["FractionDate"]) == ("20230618", "202306", "2023.4603")
    assert (found["EventCode"], found["EventRootCode"], found["QuadClass"]) == ("042", "04", "1")
    assert found["GoldsteinScale"] == "1.9"  # Goldstein's score of the code, not PLOVER's.
    assert (found["Actor1Code"], found["Actor1CountryCode"], found["Actor1Type1Code"]) == ("USAGOV", "USA", "GOV")
    assert (found["ActionGeo_CountryCode"], found["ActionGeo_Lat"]) == ("CH", "39.9")  # FIPS 10-4.
    assert found["NumMentions"] == "3"


def test_a_record_of_ours_in_terms_of_icews_and_polecat() -> None:
    icews, polecat = cells("icews", ROW), cells("polecat", ROW)
    assert (icews["CAMEO Code"], icews["Event Text"], icews["Target Country"]) == ("042", "Make a visit", "China")
    assert (polecat["Event Type"], polecat["Event Mode"], polecat["Intensity"]) == ("CONSULT", "visit", "4")
    assert (polecat["Quad Code"], polecat["GeoNames ID"]) == ("VERBAL COOPERATION", "1816670")


def test_protest_is_verbal_for_gdelt_and_material_for_phoenix() -> None:
    protest = EventRow("plover", "1", date(2023, 1, 2), None, Party(), Party(), "PROTEST", "plover", "PROTEST", "demo")
    assert cells("gdelt2", protest)["QuadClass"] == "3"
    assert cells("phoenix", protest)["PentaClass"] == "4"


def test_what_a_format_cannot_hold_is_counted() -> None:
    out = io.BytesIO()
    undated = EventRow("detente", "1", None, None, Party(), Party(), "AID", "plover", "AID")
    tabbed = EventRow("icews", "2", date(2023, 1, 2), None, Party("a\tb\nc"), Party(), "042", "cameo", "CONSULT")
    with open_rows("icews", out) as writer:
        writer.write(rows_to_table([undated, tabbed]))
    assert writer.written == 1
    assert writer.notes == (
        "1 rows left out: icews needs Event Date, and there is none for them",
        "1 cells had a tab, a line break or a mark that the format cannot hold: a space stands for it",
    )
    assert b"\ta b c\t" in out.getvalue()


def test_an_id_that_reads_as_nothing_is_none() -> None:
    out = io.BytesIO()
    with open_rows("polecat", out) as writer:
        writer.write(rows_to_table([replace(ROW, id="NA"), ROW]))
    assert writer.written == 1
    assert writer.notes == ("1 rows left out: polecat needs Event ID, and there is none for them",)


def test_acled_has_no_place_for_a_meeting() -> None:
    out = io.BytesIO()
    with open_rows("acled", out) as writer:
        writer.write(rows_to_table([ROW]))
    assert writer.written == 0
    assert writer.notes == ("1 rows left out: acled needs event_type, and there is none for them",)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(OptionError, match="format 'xml' is not known"):
        open_rows("xml", io.BytesIO())


@pytest.mark.parametrize(
    ("format", "name"),
    [
        ("icews", "icews_events_sample.tab"),
        ("gdelt-mentions", "gdelt2_mentions_sample.tsv"),
        ("icews-quadruples", "icews_quadruples_sample.tsv"),
        ("plover", "plovigy_sample.jsonl"),
        ("plover", "icews_to_plover_jsonl_sample.jsonl"),
    ],
)
def test_published_rows_go_out_as_they_came(shared: Path, format: str, name: str) -> None:
    data = (shared / "formats" / name).read_bytes()
    reading = Reading(Part(name, "", io.BytesIO(data)))
    assert reading.shape.format == format
    out = io.BytesIO()
    with open_rows(format, out) as writer:
        for rows in reading:
            assert not rows.faults
            writer.write(rows.table)
    if format == "plover":
        decoder, text, objects = json.JSONDecoder(), data.decode().strip(), []
        while text:
            value, end = decoder.raw_decode(text)
            objects.append(value)
            text = text[end:].strip()
        assert [json.loads(line) for line in out.getvalue().splitlines()] == objects
    else:
        # GDELT and the quadruples are published without a header; the samples have one.
        theirs = data.splitlines() if LAYOUTS[format].header else data.splitlines()[1:]
        assert out.getvalue().splitlines() == theirs
