from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.lexicon import build_lexicon
from detente.lexicon.manifest import TABLES, actual, recorded
from detente.lexicon.tables import data_folder, manifest_of, read_table, split

DATA = Path(str(data_folder()))


def test_the_manifest_tells_every_table_as_it_is() -> None:
    assert list(recorded(DATA)) == list(actual(DATA)), "run `python -m detente.lexicon.manifest`"


@pytest.mark.parametrize("name", TABLES)
def test_every_row_gives_its_source(name: str) -> None:
    rows = read_table(DATA / name, ("source",))
    assert rows
    assert [row[""] for row in rows if not row["source"]] == []


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.tsv")), ids=lambda path: path.name)
def test_a_column_of_sources_has_no_gap(path: Path) -> None:
    rows = read_table(path, ())
    assert rows
    assert [row[""] for row in rows if not row.get("source", "none")] == []


def test_a_short_row_is_named_by_file_and_line(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    table.write_text("name\tsource\n# a comment\nOslo\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"places\.tsv: line 3: 1 cells where the header has 2"):
        read_table(table, ("name",))


def test_an_empty_required_cell_and_a_missing_column_are_named(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    table.write_text("name\tsource\n\tmap\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 2: empty name"):
        read_table(table, ("name",), ("name",))
    with pytest.raises(TableError, match="no column river"):
        read_table(table, ("river",))


def test_comments_may_stand_above_the_header(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    table.write_text("# what the columns mean\n\nname\tsource\nOslo\tmap\n", encoding="utf-8")
    assert read_table(table, ("name",)) == [{"name": "Oslo", "source": "map", "": "places.tsv: line 4"}]
    assert manifest_of(table)[0] == 1


def test_an_empty_table_has_no_columns(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    table.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="line 1: no column name"):
        read_table(table, ("name",))


def test_cells_split_at_bars() -> None:
    assert split(" a |b||c ") == ("a", "b", "c")


def _copy(folder: Path) -> Path:
    for path in DATA.rglob("*.tsv"):
        target = folder / path.relative_to(DATA)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("countries.tsv", "ALB\t", "AFG\t", "AFG stands here twice"),
        ("subnational.tsv", "\nUSA\t", "\nUSB\t", "unknown country 'USB'"),
        ("offices.tsv", "\tforeign minister\t", "\tforegin minister\t", "unknown level 'foregin minister'"),
        ("holders/heads.tsv", "\t2021-01-20\t", "\t2021-13-20\t", "no day of the calendar"),
        ("holders/heads.tsv", "\t2021-01-20\t", "\tJanuary\t", "is no date"),
        ("organisations.tsv", "\tAUS IND JPN USA\t", "\tAUS IND JPN USX\t", "unknown member 'USX'"),
    ],
)
def test_a_bad_fact_stops_the_loader(tmp_path: Path, table: str, old: str, new: str, message: str) -> None:
    path = _copy(tmp_path) / table
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError, match=message):
        build_lexicon(tmp_path)
