"""What each plot shows, read off the SVG and off the rows behind it."""

from __future__ import annotations

import csv
import io
import json
import struct
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

from detente.analysis.plots import FORMATS, KINDS, THEMES, Plot, format_for, make_plot, rendered
from detente.errors import LedgerError, OptionError

Plots = dict[str, Plot]
NORDIC = ("NOR", "SWE")


def texts(svg: bytes) -> list[str]:
    root = etree.fromstring(svg)
    return [" ".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def marks(svg: bytes, role: str) -> list[str]:
    """What the marks of a kind say to a screen reader."""
    root = etree.fromstring(svg)
    return [node.get("aria-label", "") for node in root.iter() if node.get("aria-roledescription") == role]


@pytest.fixture(scope="module")
def svgs(plots: Plots) -> dict[str, bytes]:
    return {kind: rendered(plot, "svg") for kind, plot in plots.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_plot_says_what_when_and_from_what(plots: Plots, svgs: dict[str, bytes], kind: str) -> None:
    said = " ".join(texts(svgs[kind]))
    assert plots[kind].title in said
    assert "2024" in plots[kind].subtitle and plots[kind].subtitle in said
    for part in ("Sources: 8 documents", "Agency (7)", "Coded by detente-", "Ledger: nordic.duckdb."):
        assert part in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_ledger_gives_the_same_bytes(ledger: Path, plots: Plots, svgs: dict[str, bytes], kind: str) -> None:
    again = make_plot(kind, ledger, NORDIC if kind in ("series", "contacts", "issues") else ())
    assert rendered(again, "svg") == svgs[kind]
    assert rendered(again, "csv") == rendered(plots[kind], "csv")


def test_other_formats_are_what_they_say(plots: Plots) -> None:
    png = rendered(plots["map"], "png")
    width, height = struct.unpack(">II", png[16:24])
    box = etree.fromstring(rendered(plots["map"], "svg")).get("viewBox", "").split()
    assert png.startswith(b"\x89PNG") and (width, height) == (2 * int(box[2]), 2 * int(box[3]))
    assert rendered(plots["map"], "png") == png
    assert rendered(plots["map"], "pdf").startswith(b"%PDF-")


def test_a_gap_parts_the_lines_of_a_series(plots: Plots, svgs: dict[str, bytes]) -> None:
    rows = [row for row in plots["series"].rows.to_pylist() if row["direction"] == "NOR>SWE"]
    april = rows[3]
    assert april["period"] == "2024-04" and april["documents"] == 0
    assert april["episodes"] is None and april["score"] is None
    root = etree.fromstring(svgs["series"])
    lines = [node.get("d") for node in root.iter() if node.get("aria-roledescription") == "line mark"]
    # Two directions, each in two pieces: three months before April, two after it.
    assert sorted(line.count("L") for line in lines) == [1, 1, 2, 2]
    points = marks(svgs["series"], "point")
    assert len(points) == 10 and "Norway → Sweden, 2024-01: 5.0" in points


def test_the_directions_differ_by_dash_and_by_shape(svgs: dict[str, bytes]) -> None:
    root = etree.fromstring(svgs["series"])
    lines = [node for node in root.iter() if node.get("aria-roledescription") == "line mark"]
    assert {node.get("stroke-dasharray") for node in lines} == {"1,0", "6,3"}
    points = [node.get("d")[:40] for node in root.iter() if node.get("aria-roledescription") == "point"]
    assert any("A" in path for path in points) and any("A" not in path for path in points)


def test_contacts_stand_in_the_row_of_their_channel(plots: Plots, svgs: dict[str, bytes]) -> None:
    found = {(row["channel"], row["what"], row["start"]) for row in plots["contacts"].rows.to_pylist()}
    assert ("foreign minister", "met in person", date(2024, 1, 15)) in found
    assert ("foreign minister", "call or video", date(2024, 1, 23)) in found
    assert ("leader", "planned", date(2024, 8, 20)) in found
    assert ("defence", "channel suspended", date(2024, 2, 13)) in found
    said = texts(svgs["contacts"])
    assert [text for text in said if text in ("Leader", "Foreign minister", "Defence")] == [
        "Leader",
        "Foreign minister",
        "Defence",
    ]
    assert "leader, planned, 20 August 2024, Ulf Kristersson (Prime Minister)" in marks(svgs["contacts"], "point")
    assert "suspended by Sweden, since 13 February 2024" in said
    assert "known up to here" in said
    assert "Espen Barth Eide, Tobias Billström, Oslo" in said


def test_issues_count_the_statements_of_each_side(plots: Plots) -> None:
    rows = plots["issues"].rows.to_pylist()
    assert {row["side"] for row in rows} == set(NORDIC)
    assert all(row["mean_tone"] is None for row in rows if not row["statements"])
    assert sum(row["statements"] for row in rows) > 0


def test_a_network_has_every_dyad_and_its_spirit(plots: Plots, svgs: dict[str, bytes], ledger: Path) -> None:
    rows = {(row["first"], row["second"]): row for row in plots["network"].rows.to_pylist()}
    assert set(rows) == {("NOR", "SWE"), ("FIN", "SWE"), ("DNK", "RUS")}
    assert rows["DNK", "RUS"]["mean_score"] < 0 < rows["FIN", "SWE"]["mean_score"]
    said = texts(svgs["network"])
    assert {"NOR", "SWE", "FIN", "DNK", "RUS"} <= set(said) and "Finland" in said
    assert make_plot("network", ledger, ["FIN"]).rows.num_rows == 1
    among = make_plot("network", ledger, ["FIN", "NOR", "SWE"])
    assert among.rows.num_rows == 2 and "Finland, Norway and Sweden" in among.title


def test_a_map_has_land_and_places_but_no_borders(plots: Plots, svgs: dict[str, bytes], ledger: Path) -> None:
    rows = {row["place"]: row for row in plots["map"].rows.to_pylist()}
    assert rows["Oslo"]["country"] == "NOR" and not rows["Oslo"]["whole_country"]
    assert rows["Sweden"]["whole_country"]
    assert "Helsinki: 1 episode, mostly cooperation" in marks(svgs["map"], "point")
    assert "Helsinki 1" in texts(svgs["map"]) and "No borders are drawn." in " ".join(plots["map"].notes)
    assert "Helsinki" not in str(make_plot("map", ledger, NORDIC).rows.to_pylist())


def test_csv_holds_the_rows_behind_the_plot(plots: Plots) -> None:
    for kind, plot in plots.items():
        table = list(csv.reader(io.StringIO(rendered(plot, "csv").decode())))
        assert table[0] == plot.rows.column_names, kind
        assert len(table) == 1 + plot.rows.num_rows


def test_texts_of_ill_will_do_no_harm(plots: Plots) -> None:
    for theme in THEMES:
        svg = rendered(plots["contacts"], "svg", theme)
        assert b"<script" not in svg
        assert any("</script><script>alert(1)" in text for text in texts(svg)), "shown as what it is"
        assert not any(sign in svg.decode() for sign in "\u202e\x1b")
        assert not any("Gazette Gazette" in text for text in texts(svg))


def test_a_page_needs_nothing_else(plots: Plots) -> None:
    page = rendered(plots["contacts"], "html").decode()
    root = html.fromstring(page)
    scripts = root.findall(".//script")
    assert [script.get("type") for script in scripts] == ["application/json", "module"]
    assert not root.xpath("//@src | //@href | //link | //iframe | //img | //object | //base")
    assert "@import" not in root.find(".//style").text and "url(" not in root.find(".//style").text
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe-eval" not in policy
    spec = json.loads(scripts[0].text)
    assert "http" not in scripts[0].text
    assert "</script><script>alert(1)" in json.dumps(spec, ensure_ascii=False)
    cells = [cell.text for cell in root.findall(".//tbody/tr/td")]
    assert "suspended" in " ".join(filter(None, cells))


def test_what_cannot_be_plotted_is_told_in_a_line(ledger: Path, tmp_path: Path) -> None:
    def fault(kind: str, countries: tuple[str, ...] = NORDIC, **more: object) -> str:
        with pytest.raises((OptionError, LedgerError)) as told:
            make_plot(kind, ledger, countries, **more)  # type: ignore[arg-type]
        assert "\n" not in str(told.value)
        return str(told.value)

    assert "series, contacts, issues, network, map" in fault("pie")
    assert "two countries; 1 is given" in fault("contacts", ("NOR",))
    assert "named twice" in fault("map", ("NOR", "NOR"))
    assert "only series has" in fault("map", freq="week")
    assert "--freq year" in fault("series", freq="year")
    for kind in KINDS:
        days = {"freq": "day"} if kind == "series" else {}
        assert "nordic.duckdb: no" in fault(kind, since=date(2024, 1, 28), until=date(2024, 2, 6), **days), kind
    assert "nothing to plot" in fault("network", ("BRA",))
    assert "later than" in fault("network", since=date(2025, 1, 1))
    with pytest.raises(OptionError, match=r"'\.gif' is not known \(svg, png, pdf, html, csv\)"):
        format_for(tmp_path / "plot.gif")
    with pytest.raises(OptionError, match="no ending"):
        format_for(tmp_path / "plot")
    assert [format_for(Path(f"x.{ending.upper()}")) for ending in FORMATS] == list(FORMATS)
