"""The tables agree with what PLOVER and CAMEO publish, with each other, and with the lexicon; bad rows are refused."""

from __future__ import annotations

import csv
import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TableError
from detente.lexicon.tables import data_folder, read_table
from detente.lexicon.triggers import load_triggers
from detente.ontology import load_ontology
from detente.ontology.tables import QUADS, read_ontology

ONTOLOGY = load_ontology()

# Table "PLOVER conflict--cooperation scores" of the PLOVER manual (2021), but for ACCUSE, whose minus is lost in print.
PUBLISHED = """
AGREE 2.5 CONSULT 2.5 CONSULT:visit 4 CONSULT:third-party 1 CONSULT:multilateral 4 CONSULT:phone 1.5 SUPPORT 5
CONCEDE 4.5 COOPERATE 9.5 AID 10 RETREAT 6.5 RETREAT:withdraw 8 RETREAT:release 6.5 RETREAT:disarm 10
RETREAT:ceasefire 7.5 RETREAT:access 6.5 RETREAT:resign 4.5 REQUEST 0 REQUEST:assist 0.5 REQUEST:change -1
REQUEST:yield -1 REQUEST:meet 0 ACCUSE -3 ACCUSE:disapprove -2 ACCUSE:investigate -3.5 ACCUSE:allege -3.5
REJECT -2 REJECT:assist -1.5 REJECT:change -2 REJECT:yield -2 REJECT:meet -2 THREATEN -3.5 THREATEN:restrict -3
THREATEN:arrest -3.5 THREATEN:relations -3.5 THREATEN:expel -3.5 THREATEN:territory -4 THREATEN:violence -3.5
PROTEST -5 PROTEST:demo -5 PROTEST:riot -7 PROTEST:strike -5 PROTEST:hunger -4.5 PROTEST:boycott -4.5
PROTEST:obstruct -4.5 SANCTION -6 SANCTION:convict -6 SANCTION:expel -5.5 SANCTION:withdraw -6
SANCTION:discontinue -6 MOBILIZE -5.5 MOBILIZE:troops -6.5 MOBILIZE:weapons -6.5 MOBILIZE:police -5.5
MOBILIZE:militia -6 COERCE -7 COERCE:seize -7 COERCE:restrict -7 COERCE:censor -6.5 COERCE:curfew -6.5
COERCE:martial-law -7.5 COERCE:arrest -7 COERCE:deport -7 COERCE:withhold -7 COERCE:misinformation -6.5
COERCE:cyber -7 ASSAULT -9 ASSAULT:abduct -8.5 ASSAULT:beat -7.5 ASSAULT:torture -8.5 ASSAULT:sexual -8.5
ASSAULT:targeted -9.5 ASSAULT:destroy -8.5 ASSAULT:primitive -8 ASSAULT:firearms -9 ASSAULT:explosives -9
ASSAULT:suicide-attack -9.5 ASSAULT:aerial -9.5 ASSAULT:drone -9.5 ASSAULT:heavy-weapons -9.5
ASSAULT:crowd-control -7.5 ASSAULT:unconventional -10
"""
SCORES = dict(zip(PUBLISHED.split()[::2], map(float, PUBLISHED.split()[1::2]), strict=True))

# (type, mode) as the crosswalk of 2021 writes it, and what stands for the mode here; see detente.ontology.tables.
REPLACED_MODES = {
    ("RETREAT", "ease"): "",
    ("THREATEN", "ban"): "restrict",
    ("THREATEN", "political"): "restrict",
    ("COERCE", "ban"): "restrict",
    ("ASSAULT", "seize"): "destroy",
    ("ASSAULT", "assassinate"): "targeted",
    ("ASSAULT", "massacre"): "targeted",
    ("ASSAULT", "cleansing"): "",
    ("ASSAULT", "pro_autocracy"): "",
}


def test_there_are_the_sixteen_types() -> None:
    assert set(ONTOLOGY.types) == {name for name in SCORES if ":" not in name}
    assert len(ONTOLOGY.types) == 16


def test_scores_are_those_published() -> None:
    ours = {name: ONTOLOGY.score(*_split(name)) for name in SCORES}
    assert ours == SCORES


def test_a_mode_without_a_published_score_takes_that_of_its_type() -> None:
    unpublished = [key for key in ONTOLOGY.modes if ":".join(key) not in SCORES]
    assert sorted(unpublished) == [("PROTEST", "vandalize"), ("RETREAT", "return")]
    for kind, mode in unpublished:
        assert ONTOLOGY.modes[kind, mode].score == ONTOLOGY.types[kind].score
    assert (
        ONTOLOGY.score("ASSAULT", "no such mode") == ONTOLOGY.types["ASSAULT"].score == ONTOLOGY.score("ASSAULT", None)
    )


def test_accuse_is_a_conflict_although_printed_as_three() -> None:
    assert ONTOLOGY.types["ACCUSE"].score == -3
    modes = [mode.score for mode in ONTOLOGY.modes.values() if mode.type == "ACCUSE"]
    assert min(modes) <= ONTOLOGY.types["ACCUSE"].score <= max(modes) < 0


def test_quad_classes_follow_plover() -> None:
    by_quad = {quad: {t.name for t in ONTOLOGY.types.values() if t.quad == quad} for quad in QUADS}
    assert by_quad == {
        "verbal cooperation": {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
        "material cooperation": {"COOPERATE", "AID", "RETREAT"},
        "verbal conflict": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
        "material conflict": {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    }
    for kind in ONTOLOGY.types.values():
        assert ONTOLOGY.quad(kind.name) == kind.quad
        assert (kind.score > 0) == ("cooperation" in kind.quad)


def test_every_entry_of_the_crosswalk_resolves() -> None:
    for entry in ONTOLOGY.cameo.values():
        assert entry.type in ONTOLOGY.types
        assert entry.mode is None or (entry.type, entry.mode) in ONTOLOGY.modes, entry
        assert set(entry.contexts) <= set(ONTOLOGY.contexts), entry
        # A code has its root's first two digits, and a root is there for each of its branches.
        assert len(entry.code) <= 3 or entry.code[:3] in ONTOLOGY.cameo, entry


@pytest.mark.parametrize("entry", ONTOLOGY.cameo.values(), ids=lambda entry: entry.code)
def test_a_cameo_code_there_and_back_keeps_type_mode_and_contexts(entry) -> None:
    back = ONTOLOGY.cameo[ONTOLOGY.cameo_code(entry.type, entry.mode, entry.contexts) or ""]
    assert (back.type, back.mode) == (entry.type, entry.mode)
    assert set(back.contexts) <= set(entry.contexts)


def test_the_code_that_shares_most_contexts_wins() -> None:
    assert ONTOLOGY.cameo_code("ACCUSE", "investigate", ("military",)) == "093"
    assert ONTOLOGY.cameo_code("ACCUSE", "investigate", ("legal", "military", "territory")) == "094"
    assert ONTOLOGY.cameo_code("CONSULT", "visit", ()) == "042"
    assert ONTOLOGY.cameo_code("REQUEST", "assist", ("economic",)) == "1011"


@given(
    st.sampled_from(sorted(ONTOLOGY.types)),
    st.none() | st.text(max_size=8),
    st.lists(st.sampled_from(sorted(ONTOLOGY.contexts))),
)
def test_every_type_has_a_cameo_code_whatever_the_mode(kind: str, mode: str | None, contexts: list[str]) -> None:
    code = ONTOLOGY.cameo_code(kind, mode, tuple(contexts))
    assert code is not None
    assert ONTOLOGY.cameo[code].type == kind


def test_the_crosswalk_is_the_published_one_but_for_known_slips(shared: Path) -> None:
    published = {}
    for line in (shared / "codebook" / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(\d{3,4}):\s*([A-Z]+)\s*,([^,#]*),([^#]*)", line):
            code, kind, mode, contexts = (part.strip() for part in match.groups())
            wanted = {part.strip() for part in contexts.split(";") if part.strip()}
            wanted = {"pro_democracy" if context == "democracy" else context for context in wanted}
            if (kind, mode) in REPLACED_MODES and mode in ONTOLOGY.contexts:
                wanted.add(mode)
            published[code] = (kind, REPLACED_MODES.get((kind, mode), mode) or None, wanted)
    assert {code: (e.type, e.mode, set(e.contexts)) for code, e in ONTOLOGY.cameo.items()} == published


def test_goldstein_scores_are_those_published_for_cameo(shared: Path) -> None:
    with (shared / "formats" / "cameo_codes.csv").open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    published = {row["code"]: row["goldstein"] for row in csv.DictReader(lines)}
    differing = {
        code: (entry.goldstein, published[code])
        for code, entry in ONTOLOGY.cameo.items()
        if code in published and published[code] and entry.goldstein != float(published[code])
    }
    assert differing == {}


def test_every_trigger_names_a_mode_and_contexts_of_its_type() -> None:
    triggers = load_triggers()
    rules = [rule for found in (*triggers.verbs.values(), *triggers.nouns.values()) for rule in found]
    assert rules
    for rule in rules:
        assert rule.type in ONTOLOGY.types, rule
        assert rule.mode is None or (rule.type, rule.mode) in ONTOLOGY.modes, rule
        assert set(rule.contexts) <= set(ONTOLOGY.contexts), rule


@pytest.mark.parametrize(
    "table", ["agents.tsv", "armed_groups.tsv", "institutions.tsv", "offices.tsv", "organisations.tsv"]
)
def test_every_sector_of_the_lexicon_has_a_meaning(table: str) -> None:
    rows = read_table(data_folder() / table, ("sectors",))
    used = {code for row in rows for code in row["sectors"].split()}
    assert used
    assert used <= set(ONTOLOGY.sectors)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables, to be spoilt."""
    with as_file(files("detente.ontology") / "data") as folder:
        shutil.copytree(folder, tmp_path / "data")
    return tmp_path / "data"


def test_tables_of_another_folder_are_read(tables: Path) -> None:
    assert read_ontology(tables) == ONTOLOGY


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("types.tsv", "WAVE\tverbal cooperation\t1\tno", "4 cells where the header has 5"),
        ("types.tsv", "WAVE\tverbal cooperation\thigh\tno\tWaves.", "'high' is not a number"),
        ("types.tsv", "WAVE\tsilent cooperation\t1\tno\tWaves.", "unknown quad class 'silent cooperation'"),
        ("types.tsv", "WAVE\tverbal cooperation\t1\tmaybe\tWaves.", "unknown answer 'maybe'"),
        ("types.tsv", "AID\tmaterial cooperation\t1\tno\tAgain.", "'AID' stands here twice"),
        ("modes.tsv", "WAVE\thand\t1\tby hand", "unknown type 'WAVE'"),
        ("modes.tsv", "CONSULT\tvisit\t1\tagain", "('CONSULT', 'visit') stands here twice"),
        ("contexts.tsv", "military\tAgain\tarmy", "'military' stands here twice"),
        ("cameo.tsv", "999\tWave\tWAVE\t\t\t1", "unknown type 'WAVE'"),
        ("cameo.tsv", "999\tWave\tCONSULT\twave\t\t1", "CONSULT has no mode 'wave'"),
        ("cameo.tsv", "999\tWave\tCONSULT\t\twaving\t1", "unknown context 'waving'"),
        ("cameo.tsv", "040\tAgain\tCONSULT\t\t\t1", "'040' stands here twice"),
        ("sectors.tsv", "GOV\tAgain", "'GOV' stands here twice"),
    ],
)
def test_a_bad_row_is_refused_by_file_and_line(tables: Path, name: str, row: str, fault: str) -> None:
    path = tables / name
    before = path.read_text(encoding="utf-8")
    path.write_text(before + row + "\n", encoding="utf-8")
    line = before.count("\n") + 1
    with pytest.raises(TableError, match=re.escape(f"{name}: line {line}: {fault}")):
        read_ontology(tables)


def test_a_table_with_other_columns_is_refused(tables: Path) -> None:
    (tables / "modes.tsv").write_text("mode\ttype\nvisit\tCONSULT\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"modes\.tsv: line 1: the columns are not type, mode, score, definition"):
        read_ontology(tables)


def _split(name: str) -> tuple[str, str | None]:
    kind, _, mode = name.partition(":")
    return kind, mode or None
