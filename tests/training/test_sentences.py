"""The sentences that the relation model learns from: every row is sound, and the marks point where they should."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.marking import MARKS, mark
from detente.coding.question import DIRECTIONS, EMBARGO, Question, modes, types
from detente.errors import InputError
from detente.ontology import load_ontology
from detente.records import STATUSES
from training.relation.examples import COLUMNS, LATER, SENTENCES, Example, contexts, unmark, written

Span = tuple[int, int]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return [*written(), *written(LATER)]


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, dict[str, str]]]:
    """Every row of every table, with the file and line it stands in."""
    found = []
    for path in sorted(SENTENCES.rglob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(f"{path.name}:{number}", row) for number, row in enumerate(reader, 2)]
    return found


# ---- the tables


def test_every_row_loads_and_none_asks_what_another_asks(
    examples: list[Example], rows: list[tuple[str, dict[str, str]]]
) -> None:
    assert len(rows) > 5000
    asked = Counter(row["sentence"] for _, row in rows)
    assert [where for where, row in rows if asked[row["sentence"]] > 1] == []
    # The reader keeps one of those that ask the same.
    assert len(examples) == len(rows)


def test_one_question_has_one_answer(examples: list[Example]) -> None:
    """The same words with the same marks, but for case and blanks, have one type."""
    seen: dict[tuple[object, ...], Example] = {}
    for one in examples:
        question = one.question
        parts = [question.text[slice(*span)] for span in (question.actor, question.recipient, question.trigger) if span]
        key = (" ".join(question.text.casefold().split()), *parts)
        assert seen.setdefault(key, one).types == one.types, question


def test_there_are_enough_of_each_kind(examples: list[Example]) -> None:
    """An embargo is a SANCTION that the model keeps apart, so it counts as one here."""
    kinds = Counter(types()[one.types[0]] for one in examples)
    assert kinds[EMBARGO] >= 80
    kinds["SANCTION"] += kinds.pop(EMBARGO)
    assert {name: kinds[name] for name in types() if name != EMBARGO and kinds[name] < 150} == {}
    statuses = Counter(STATUSES[one.status] for one in examples if one.status is not None)
    assert {name: statuses[name] for name in STATUSES if statuses[name] < 80} == {}
    directions = Counter(DIRECTIONS[one.direction] for one in examples if one.direction is not None)
    assert {name: directions[name] for name in DIRECTIONS if directions[name] < 150} == {}


def test_codes_modes_and_contexts_are_those_of_the_ontology(rows: list[tuple[str, dict[str, str]]]) -> None:
    ontology = load_ontology()
    wrong = []
    for where, row in rows:
        assert None not in row, f"{where}: more cells than columns"
        code, mode = row["code"], row["mode"]
        if code == "none":
            # What is no event has no mode and no direction.
            fits = not mode and row["direction"] == "none"
        else:
            # 163 (imposed sanctions) may carry the mode of COERCE that the crosswalk gives it.
            fits = (not mode or f"{ontology.cameo[code].type}:{mode}" in modes()) and row["direction"] != "none"
        if not fits or not set(filter(None, row["contexts"].split(";"))) <= set(contexts()):
            wrong.append((where, code, mode, row["direction"], row["contexts"]))
    assert wrong == []


def test_marks_hold_words(examples: list[Example]) -> None:
    for one in examples:
        question = one.question
        for span in (question.actor, question.recipient, question.trigger):
            assert span is not None
            held = question.text[slice(*span)]
            assert held and held == held.strip(), question
        assert not re.search(r"[<>\t]", question.text), question


def test_no_sentence_is_taken_from_the_published_pairs(rows: list[tuple[str, dict[str, str]]], shared: Path) -> None:
    with (shared / "gold" / "plover_pairs" / "train.tsv").open(encoding="utf-8", newline="") as file:
        theirs = {run for row in csv.DictReader(file, delimiter="\t") for run in _runs(row["sentence"])}
    assert len(theirs) > 10_000
    assert [where for where, row in rows if _runs(unmark(row["sentence"])[0]) & theirs] == []


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Every run of so many consecutive words."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


GOOD = ("111", "disapprove", "happened", "forward", "diplomatic", "<s>Kenya</s> <e>blamed</e> <t>Chad</t>.")


def _table(folder: Path, *cells: str, header: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "own.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in (header, GOOD, cells)), encoding="utf-8")
    return path


def test_a_good_table_is_read_in_full(tmp_path: Path) -> None:
    _table(tmp_path, "none", "", "denied", "none", "", "<t>Chad</t> heard <s>Kenya</s> <e>speak</e>.")
    one, other = written(tmp_path)
    assert one.question == Question("Kenya blamed Chad.", (0, 5), (13, 17), (6, 12))
    assert (types()[one.types[0]], modes()[one.mode or 0]) == ("ACCUSE", "ACCUSE:disapprove")
    assert (DIRECTIONS[one.direction or 0], STATUSES[one.status or 0]) == ("forward", "happened")
    assert [contexts()[number] for number in one.contexts or ()] == ["diplomatic"]
    assert (types()[other.types[0]], STATUSES[other.status or 0], other.mode) == ("NONE", "denied", 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "9999"),
        ("code", ""),
        ("mode", "aerial"),
        ("status", "occurred"),
        ("direction", "sideways"),
        ("contexts", "diplomatic;weather"),
        ("sentence", "<s>Kenya</s> blamed <t>Chad</t>."),
        ("sentence", "<s>Kenya</s> <e>blamed</e> <t>Chad."),
        ("sentence", "<s>Kenya</s> <e>blamed</e> <t>Chad</t> and <t>Mali</t>."),
        ("sentence", "Kenya</s> <e>blamed</e> <t>Chad</t>."),
    ],
)
def test_a_broken_cell_is_told_with_file_and_line(tmp_path: Path, column: str, value: str) -> None:
    path = _table(tmp_path, *(value if name == column else cell for name, cell in zip(COLUMNS, GOOD, strict=True)))
    with pytest.raises(InputError) as caught:
        written(tmp_path)
    assert str(path) in str(caught.value)
    assert "line 3" in str(caught.value)


@pytest.mark.parametrize("cells", [GOOD[:-1], GOOD[:2], (*GOOD, "surplus")])
def test_a_row_of_the_wrong_length_is_told_with_file_and_line(tmp_path: Path, cells: tuple[str, ...]) -> None:
    path = _table(tmp_path, *cells)
    with pytest.raises(InputError) as caught:
        written(tmp_path)
    assert str(path) in str(caught.value)
    assert "line 3" in str(caught.value)


def test_wrong_columns_are_told_with_the_right_ones(tmp_path: Path) -> None:
    path = _table(tmp_path, *GOOD, header=(*COLUMNS[:-1], "text"))
    with pytest.raises(InputError, match="code, mode, status, direction, contexts, sentence") as caught:
        written(tmp_path)
    assert str(path) in str(caught.value)


# ---- the marks

# With the signs of the marks, more blanks than usual, and letters of more than one byte.
_LETTERS = st.sampled_from("abcXYZ éß猫’.,@#*  ")


@st.composite
def questions(draw: st.DrawFn, unmarked: bool = True, longest: int = 60) -> Question:
    """A text with up to three ranges in it: apart, nested, crossing, or the same."""
    text = draw(st.text(_LETTERS, min_size=2, max_size=longest))
    # Far-apart parties and trigger, so that something must be left out.
    text = draw(st.sampled_from(["", "word " * 90])) + text + draw(st.sampled_from(["", " word" * 90]))

    def span() -> Span | None:
        if unmarked and draw(st.booleans()):
            return None
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, min(len(text), start + 30)))

    return Question(text, span(), span(), span())


@given(questions())
def test_marks_stand_round_what_they_mark_and_change_nothing_else(question: Question) -> None:
    marked = mark(question)
    plain = question.text.translate(str.maketrans("@#*", "   "))
    spans = (question.actor, question.recipient, question.trigger)
    signs: dict[int, int] = {}  # the offsets of all that was written into the text
    for at, sign, span in zip(marked.at, MARKS, spans, strict=True):
        if span is None:
            assert at == -1
            assert sign not in marked.text
        else:
            assert marked.text.count(sign) == 2
            assert marked.text[at : at + 2] == f"{sign} "
            closing = marked.text.index(sign, at + 1)
            assert marked.text[closing - 1 : closing + 1] == f" {sign}"
            signs |= dict.fromkeys((at, at + 1, closing - 1, closing), 0)
    without = "".join(letter for place, letter in enumerate(marked.text) if place not in signs)
    assert all(piece in plain for piece in without.split(" … "))
    if len(plain) <= 280:
        assert without == plain
    for at, sign, span in zip(marked.at, MARKS, spans, strict=True):
        if span is not None:
            inside = range(at, marked.text.index(sign, at + 1))
            assert "".join(marked.text[place] for place in inside if place not in signs) == plain[slice(*span)]


@given(questions(unmarked=False))
def test_what_is_unmarked_was_marked(question: Question) -> None:
    spans = {"s": question.actor, "t": question.recipient, "e": question.trigger}
    text = question.text
    tags = [(end, 0, f"</{name}>") for name, (_, end) in spans.items()]  # type: ignore[misc]
    tags += [(start, 1, f"<{name}>") for name, (start, _) in spans.items()]  # type: ignore[misc]
    for where, _, tag in sorted(tags, reverse=True):
        text = text[:where] + tag + text[where:]
    assert unmark(text) == (question.text, spans)


def test_far_text_is_left_out_and_all_marks_are_kept() -> None:
    text = "before " * 200 + "Norway blamed Kenya" + " after" * 200
    at = text.index("Norway")
    marked = mark(Question(text, (at, at + 6), (at + 14, at + 19), (at + 7, at + 13)))
    assert "@ Norway @ * blamed * # Kenya #" in marked.text
    assert len(marked.text) < 650
    assert marked.text.startswith("before ")
