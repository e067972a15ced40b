"""What rows of the data sets become, field by field; GDELT's events and ICEWS are in `test_importing`."""

from __future__ import annotations

import io
from datetime import date, datetime

from detente.exchange.formats import LAYOUTS
from detente.exchange.importing import Reading, Rows
from detente.exchange.parts import Part
from detente.ledger.row_tables import table_to_rows
from detente.rows import EventRow


def batch(data: str, format: str = "auto") -> tuple[Rows, Reading]:
    reading = Reading(Part("file", "", io.BytesIO(data.encode())), format)
    (rows,) = [rows for rows in reading if rows.lines or rows.faults]
    assert not rows.faults
    return rows, reading


def only(data: str, format: str = "auto") -> EventRow:
    (row,) = table_to_rows(batch(data, format)[0].table)
    return row


def line(format: str, cells: dict[str, str]) -> str:
    return LAYOUTS[format].delimiter.join(cells.get(name, "") for name in LAYOUTS[format].columns) + "\n"


def test_polecat_under_another_header_than_is_listed() -> None:
    names = "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,"
    names += "Actor Sectors,Recipient Name,Recipient Country,Recipient Sectors,City,Country,Latitude,GeoNames ID,New"
    cells = 'E1,2023-06-18,consult,visit,4.0,VERBAL COOPERATION,diplomatic;military,"Blinken, Antony",USA,GOV; ELI,'
    row = only(f"{names}\n{cells}Qin Gang,CHN,GOV,Beijing,China,39.9,1816670.0,more\n")
    assert (row.dataset, row.id, row.start, row.type, row.mode) == (
        "polecat",
        "E1",
        date(2023, 6, 18),
        "CONSULT",
        "visit",
    )
    assert (row.code, row.code_scheme, row.contexts) == ("CONSULT", "plover", ("diplomatic", "military"))
    assert (row.quad, row.quad_scheme, row.score, row.score_scheme) == ("verbal cooperation", "plover", 4.0, "plover")
    assert (row.actor.name, row.actor.country, row.actor.sectors) == ("Blinken, Antony", "USA", ("GOV", "ELI"))
    assert (row.place.name, row.place.country, row.place.geonames_id) == ("Beijing", "CHN", 1816670)
    # What the layout does not know, and what it would write otherwise.
    assert dict(row.extra)["New"] == "more" and dict(row.extra)["Event Type"] == "consult"


def test_historical_phoenix_under_its_header() -> None:
    names = (
        "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,target_agent,"
    )
    names += (
        "target_others,code,root_code,quad_class,goldstein,joined_issues,lat,lon,placename,statename,countryname,aid"
    )
    cells = "77,01/21/1965,1965,1,21,ROMGOV,ROM,GOV,,SUN,SUN,,,036,3,1,4.0,,55.75,37.6,Moscow,,Russia,9"
    row = only(f"{names}\n{cells}\n")
    assert (row.dataset, row.start, row.code, row.type) == ("phoenix", date(1965, 1, 21), "036", "AGREE")
    assert (row.actor.country, row.actor.sectors, row.recipient.country, row.recipient.code) == (
        "ROU",
        ("GOV",),
        None,
        "SUN",
    )
    assert (row.place.country, row.score, row.score_scheme) == ("RUS", 4.0, "goldstein")


def test_acled_with_its_days_and_actors() -> None:
    cells = {"event_id_cnty": "UKR1", "event_date": "18 June 2023", "event_type": "Battles", "inter1": "State forces"}
    cells |= {"sub_event_type": "Armed clash", "actor1": "Military Forces of Russia (2000-)", "iso": "804"}
    cells |= {"actor2": "Police Forces of Ukraine (2019-)", "inter2": "1", "country": "Ukraine", "fatalities": "3"}
    row = only(",".join(LAYOUTS["acled"].columns) + "\n" + line("acled", cells))
    assert (row.start, row.type, row.code, row.code_scheme) == (date(2023, 6, 18), "ASSAULT", "Armed clash", "acled")
    assert (row.actor.country, row.actor.sectors) == ("RUS", ("MIL",))
    assert (row.recipient.country, row.recipient.sectors, row.place.country) == ("UKR", ("COP",), "UKR")
    assert dict(row.extra)["fatalities"] == "3"


def test_quadruples_of_the_benchmarks_without_header() -> None:
    row = only("Lawyer/Attorney (Germany)\tConsult\tChina\t2014-12-05\n")
    assert (row.dataset, row.actor.country, row.recipient.country, row.type) == ("icews", "DEU", "CHN", "CONSULT")
    assert row.id == only("Lawyer/Attorney (Germany)\tConsult\tChina\t2014-12-05\r\n").id


def test_a_document_of_the_knowledge_graph() -> None:
    cells = {"GKGRECORDID": "20150203033000-T5", "DATE": "20150203033000", "SourceCollectionIdentifier": "1"}
    cells |= {
        "V2Themes": "PROTEST,12;",
        "V2Tone": "-2.5,1,3.5,4.5,20,1,300",
        "DocumentIdentifier": "https://news.example/1",
    }
    rows, reading = batch(line("gdelt-gkg", cells))
    (found,) = rows.table.to_pylist()
    assert reading.shape.format == "gdelt-gkg"
    assert (found["published"], found["tone"], found["themes"]) == (datetime(2015, 2, 3, 3, 30), -2.5, "PROTEST,12;")


def test_gdelt_of_before_april_2013_has_no_address() -> None:
    cells = {"GLOBALEVENTID": "1", "SQLDATE": "19790101", "EventCode": "190", "QuadClass": "4"}
    rows, reading = batch(line("gdelt1", cells).removesuffix("\t\n") + "\n")
    assert reading.shape.format == "gdelt1" and len(reading.shape.columns) == 57
    assert rows.table["url"].to_pylist() == [None]


def test_terrier_is_asked_for() -> None:
    cells = {"EventID": "t1", "Date": "20150203", "Year": "2015", "Month": "02", "Day": "03", "EventCode": "141"}
    assert only(line("phoenix", cells), "terrier").dataset == "terrier"
    assert only(line("phoenix", cells)).dataset == "phoenix"
