"""Files as published, and files that mean harm: every line is a row or is told of, and memory stays small."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError, OptionError
from detente.exchange.formats import FORMATS, LAYOUTS
from detente.exchange.importing import Reading
from detente.exchange.lines import MAX_LINE, quoted_records, read_lines
from detente.exchange.parts import Part, open_parts
from detente.ledger.row_tables import table_to_rows
from detente.rows import EventRow

GDELT = LAYOUTS["gdelt2"]


def gdelt(**cells: str) -> bytes:
    """A line of GDELT 2.0."""
    given = {"GLOBALEVENTID": "410000001", "SQLDATE": "20230618", "EventCode": "042", "QuadClass": "1"}
    given |= {"GoldsteinScale": "1.9", "NumMentions": "4", "AvgTone": "-1.5", **cells}
    return "\t".join(given.get(name, "") for name in GDELT.columns).encode()


def read(data: bytes, format: str = "auto") -> tuple[list[EventRow], list[tuple[int, str, bytes]], Reading]:
    reading = Reading(Part("file", "", io.BytesIO(data)), format)
    rows: list[EventRow] = []
    faults: list[tuple[int, str, bytes]] = []
    for found in reading:
        rows += table_to_rows(found.table)
        faults += found.faults
    return rows, faults, reading


def test_what_a_row_of_gdelt_becomes() -> None:
    cells = {"Actor1Code": "ROMGOV", "Actor1CountryCode": "ROM", "Actor1Type1Code": "GOV", "Actor1Name": "BUCHAREST"}
    cells |= {"Actor2Code": "CHNMED", "Actor2CountryCode": "CHN", "Actor2Type1Code": "MED", "NumSources": "2"}
    cells |= {
        "ActionGeo_CountryCode": "CH",
        "ActionGeo_FullName": "Beijing, Beijing, China",
        "ActionGeo_Lat": "39.9289",
    }
    (row,), faults, _ = read(gdelt(**cells) + b"\r\n")
    assert not faults
    assert (row.actor.country, row.actor.code, row.actor.sectors) == ("ROU", "ROMGOV", ("GOV",))
    assert (row.recipient.country, row.recipient.sectors) == ("CHN", ("JRN",))  # CAMEO's MED are the media.
    assert (row.type, row.mode, row.code, row.code_scheme) == ("CONSULT", "visit", "042", "cameo")
    assert (row.quad, row.quad_scheme, row.score, row.score_scheme) == ("verbal cooperation", "gdelt", 1.9, "goldstein")
    assert (row.place.country, row.place.lat, row.tone, row.reports) == ("CHN", 39.9289, -1.5, 4)
    assert dict(row.extra)["NumSources"] == "2"


def test_protest_keeps_the_class_of_its_data_set() -> None:
    (row,), _, _ = read(gdelt(EventCode="141", QuadClass="3"))
    assert (row.type, row.quad, row.quad_scheme) == ("PROTEST", "verbal conflict", "gdelt")
    phoenix = b"e1 20170102 2017 1 2 USA USA - - CHN CHN - - 141 14 4 -6.5 - 1 2 Beijing - CHN s1 u1;u2 bbc\n"
    (row,), _, reading = read(phoenix.replace(b"-\x20", b"\x20").replace(b"\x20", b"\t"))
    assert reading.shape.format == "phoenix"
    assert (row.type, row.quad, row.quad_scheme, row.reports) == ("PROTEST", "material conflict", "plover", 2)


def test_codes_that_plover_dropped_have_no_type() -> None:
    (row,), _, _ = read(gdelt(EventCode="010"))
    assert (row.type, row.code) == (None, "010")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"SQLDATE": "20230231"}, "SQLDATE: '20230231' is no day of the calendar"),
        ({"SQLDATE": ""}, "no SQLDATE"),
        ({"EventCode": "visit"}, "EventCode: 'visit' is no CAMEO code"),
        ({"ActionGeo_Lat": "-7-9.5"}, "ActionGeo_Lat: '-7-9.5' is no number"),
        ({"ActionGeo_Lat": "91"}, "ActionGeo_Lat: '91' is not between -90 and 90"),
        ({"AvgTone": "nan"}, "AvgTone: 'nan' is no number"),
        ({"NumMentions": "4294967296"}, "NumMentions: '4294967296' is too large"),
        ({"QuadClass": "9"}, "QuadClass: '9' is no quad class (1 to 4)"),
        ({"GLOBALEVENTID": "x" * 100}, f"GLOBALEVENTID: {'x' * 60!r} is no whole number"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_with_line_and_reason(cells: dict[str, str], reason: str) -> None:
    good, bad = gdelt(), gdelt(**cells)
    rows, faults, _ = read(b"\n".join([good, bad, good]), "gdelt2")
    assert len(rows) == 2
    assert faults == [(2, reason, bad)]


def test_a_row_with_too_few_cells_is_set_aside() -> None:
    rows, faults, _ = read(gdelt() + b"\n\nshort\trow\n" + gdelt())
    assert len(rows) == 2
    assert faults == [(3, "2 cells where 61 belong", b"short\trow")]


def test_latin_1_lines_are_read_and_told_of() -> None:
    (row,), _, reading = read(gdelt(Actor1Name="X").replace(b"X", b"CORR\xcaA"))
    assert row.actor.name == "CORRÊA"
    assert reading.notes == ("file: 1 lines are not UTF-8 and were read as ISO-8859-1",)


ICEWS = "\t".join(LAYOUTS["icews"].columns)
ICEWS_ROW = (
    "7\t2018-06-01\tJapan\tNULL\tJapan\tConsult\t{}\t1\tVietnam\tNULL\tVietnam\t3\t2\tK\tNULL\tNULL\tX\tVietnam\t1\t2"
)


def test_a_byte_order_mark_a_comma_and_quotation_marks() -> None:
    text = (
        ICEWS.replace("\t", ",")
        + "\r\n"
        + ICEWS_ROW.format("040").replace("\t", ",").replace("Japan", '"Ja""p,\r\nan"', 1)
    )
    (row,), faults, reading = read(b"\xef\xbb\xbf" + text.encode() + b"\r\n")
    assert (row.actor.name, row.actor.country, reading.shape.delimiter) == ('Ja"p,\r\nan', "JPN", ",")
    assert not faults


def test_a_tab_separated_file_whose_cells_are_all_quoted() -> None:
    row = "\t".join(f'"{cell}"' for cell in ICEWS_ROW.format("040").split("\t"))
    (found,), _, _ = read(f"{ICEWS}\n{row}\n".encode())
    assert found.actor.name == "Japan"


@pytest.mark.parametrize(("published", "code"), [("42", "042"), ("211", "0211"), ("190", "190"), ("14", "014")])
def test_zeros_that_a_spreadsheet_took_off_icews_codes(published: str, code: str) -> None:
    (row,), _, _ = read(f"{ICEWS}\n{ICEWS_ROW.format(published)}\n".encode())
    assert row.code == code
    assert dict(row.extra).get("CAMEO Code", published) == published


def test_a_quotation_mark_that_is_never_closed_costs_its_line() -> None:
    head = ",".join(LAYOUTS["acled"].columns)
    blank = ["", "2023-06-18", "2023", "1", "x", "Protests", "Peaceful protest", "Protesters (Armenia)", "", "6"]
    rows = [",".join([f"ARM{number}", *blank[1:], *[""] * 21]) for number in range(3)]
    rows[1] = rows[1].replace("Protesters", '"Protesters')
    found, faults, _ = read("\n".join([head, *rows]).encode())
    assert [row.id for row in found] == ["ARM0", "ARM2"]
    assert [(line, reason) for line, reason, _ in faults] == [(3, "a quotation mark is opened and not closed")]
    assert (found[0].type, found[0].mode, found[0].actor.country) == ("PROTEST", "demo", "ARM")


def test_objects_of_plover_in_an_array_over_lines_and_broken() -> None:
    good = '{"id": "1", "actor": [{"code": "USA"}], "recipient": [{"code": "CHN"}], "event": ["CONSULT"]}'
    odd = '{"id": "2", "event": ["DANCE"]}'
    both = '{"id": 3, "actor": [{"code": "USA"}, {"code": "CHN"}], "event": "AID", "context": ["future"], "text": "}{"}'
    rows, faults, _ = read(f'[{good},\n{odd},\n{both}]\n{{\n "id":\n'.encode())
    assert [(row.id, row.actor.country, row.recipient.country) for row in rows] == [
        ("1", "USA", "CHN"),
        ("3.1", "USA", "CHN"),
        ("3.2", "CHN", "USA"),
    ]
    assert [row.status for row in rows] == ["happened", "planned", "planned"]
    assert [(line, reason) for line, reason, _ in faults] == [
        (2, "event: 'DANCE' is neither a type of PLOVER nor a code of CAMEO"),
        (4, "not a JSON object, or one that is not whole"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": "1"}', "no event"),
        ('{"event": "AID"}', "no id"),
        ('{"id": "1", "event": "AID", "text": "\\ud800"}', "a field of the wrong kind"),
        ('{"id": "1", "event": "AID", "confidence": 1e999}', "a field of the wrong kind"),
        ('{"id": "1", "event": "AID", "date": "soon"}', "a field of the wrong kind: is no day"),
        ('{"id": "1", "event": "AID", "actor": ' + json.dumps([{"code": "USA"}] * 300) + "}", "too many pairs"),
        ('{"id": "1", "event": "AID", "event_loc": 7}', "a field of the wrong kind"),
        ('{"id": ' * 50_000 + "1" + "}" * 50_000, "not a JSON object"),
        ('{"id": NaN}', "not a JSON object"),
    ],
)
def test_objects_that_are_no_events_are_set_aside(text: str, reason: str) -> None:
    rows, faults, _ = read(f'{text}\n{{"id": "2", "event": "AID"}}\n'.encode())
    assert [row.id for row in rows] == ["2"]
    assert len(faults) == 1 and faults[0][0] == 1 and reason in faults[0][1]


@pytest.mark.parametrize("data", [b"hello\n", b"a,b,c\n1,2,3\n", b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.7"])
def test_a_file_of_no_format_is_refused_with_the_formats_named(data: bytes) -> None:
    with pytest.raises(InputError, match=r"is none of the formats that are known.*gdelt2\|gdelt1.*acled\|plover"):
        read(data)


def test_refusals() -> None:
    with pytest.raises(InputError, match="is not icews as published"):
        read(gdelt(), "icews")
    with pytest.raises(InputError, match="nothing in it"):
        read(b"\n\n")
    with pytest.raises(InputError, match="is UTF-16"):
        read("a\tb".encode("utf-16"))
    with pytest.raises(OptionError, match="format 'xml' is not known"):
        read(gdelt(), "xml")


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def names_and_rows(path: Path) -> list[tuple[str, int]]:
    return [(part.member, sum(rows.table.num_rows for rows in Reading(part))) for part in open_parts(path)]


def test_zip_and_gzip(tmp_path: Path) -> None:
    line = gdelt() + b"\n"
    members = {"a/": b"", "a/20230618.export.CSV": line * 3, "../../etc/b.CSV": line, "__MACOSX/._a": b"junk"}
    archive = packed(tmp_path / "x.zip", members)
    assert names_and_rows(archive) == [("a/20230618.export.CSV", 3), ("../../etc/b.CSV", 1)]
    single = tmp_path / "x.gz"
    single.write_bytes(gzip.compress(line * 5))
    assert names_and_rows(single) == [("", 5)]


def test_archives_that_are_damaged_or_empty(tmp_path: Path) -> None:
    whole = packed(tmp_path / "x.zip", {"a.CSV": (gdelt() + b"\n") * 2000}).read_bytes()
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(whole[:200] + bytes(100) + whole[300:])
    with pytest.raises(InputError, match=r"damaged\.zip"):
        names_and_rows(damaged)
    with pytest.raises(InputError, match="no file in it"):
        names_and_rows(packed(tmp_path / "empty.zip", {}))
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress((gdelt() + b"\n") * 50_000)[:-500])
    with pytest.raises(InputError, match="end too early"):
        names_and_rows(cut)


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a", "w") as member:
        line = gdelt() + b"\n"
        for _ in range(300):
            member.write(line * (2**20 // len(line)))
    with pytest.raises(InputError, match="unpacks to more than 256 MiB"):
        names_and_rows(tmp_path / "bomb.zip")


def test_lines_without_end_and_cells_without_measure() -> None:
    wide = b"a\t" * (MAX_LINE // 2 - 1)
    rows, faults, _ = read(
        b"\n".join([gdelt(), wide, b"x" * (3 * MAX_LINE), gdelt(Actor1Name="\x00"), b"\x00" * 9]), "gdelt2"
    )
    assert [row.actor.name for row in rows] == [None, "\x00"]
    assert [(line, reason) for line, reason, _ in faults] == [
        (2, f"{MAX_LINE // 2:,} cells where 61 belong"),
        (3, "a line of more than 4 MiB"),
        (5, "1 cell where 61 belong"),
    ]
    assert all(len(raw) <= 65_536 for _, _, raw in faults)


LINE = st.lists(st.sampled_from([b'"', b"a", b",", b"\r", b""]), max_size=5).map(b"".join)


@settings(max_examples=200)
@given(lines=st.lists(LINE, max_size=12), piece=st.integers(1, 40))
def test_no_line_is_lost_whatever_the_pieces(lines: list[bytes], piece: int) -> None:
    found = list(quoted_records(read_lines(io.BytesIO(b"\n".join(lines)), piece)))
    whole = list(quoted_records(read_lines(io.BytesIO(b"\n".join(lines)))))
    merged = sorted(
        (number, record) for part in found for number, record in zip(part.numbers, part.records, strict=True)
    )
    assert merged == sorted((n, r) for part in whole for n, r in zip(part.numbers, part.records, strict=True))
    covered: set[int] = set()
    for number, record in merged:
        covered |= set(range(number, number + record.count(b"\n") + 1))
    covered |= {number for part in found for number, _, _ in part.faults}
    assert {place for place, line in enumerate(lines, start=1) if line.strip(b"\r")} <= covered


@settings(max_examples=150)
@given(data=st.binary(max_size=400), format=st.sampled_from(["auto", *FORMATS]), head=st.booleans())
def test_any_bytes_are_rows_faults_or_a_refusal(data: bytes, format: str, head: bool) -> None:
    layout = LAYOUTS.get(format, GDELT)
    start = layout.delimiter.join(layout.columns).encode() + b"\n" if head else b""
    try:
        rows, faults, _ = read(start + data, format)
    except InputError:
        return
    assert len(rows) + len(faults) <= data.count(b"\n") + data.count(b"{") * 5 + 1
