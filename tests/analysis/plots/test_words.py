from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.plots.words import Label, Tag, box_of, lines_of, overlap, placed, shown, width_of


@given(st.text(max_size=400), st.integers(2, 80))
def test_a_shown_text_is_one_short_line_without_commands(text: str, limit: int) -> None:
    line = shown(text, limit)
    assert len(line) <= limit
    assert all(char.isprintable() for char in line)


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shown("x" * 10_000, 20) == "x" * 19 + "…"
    assert shown("Xi\u202e\x1b[2J Jinping") == "Xi[2J Jinping"


def test_lines_keep_every_word() -> None:
    text = "Sources: a dozen documents, published in the spring by agencies of both countries and nobody else"
    lines = lines_of(text, 200)
    assert " ".join(lines) == text and len(lines) > 2
    assert all(width_of(line, 12) <= 200 for line in lines)


tags = st.builds(
    Tag,
    st.floats(0, 400),
    st.floats(0, 200),
    st.floats(1, 12),
    st.tuples(st.sampled_from(["Oslo", "Kuala Lumpur", "Antony Blinken, Wang Yi, Vienna"])),
)


@given(st.lists(tags, max_size=12))
def test_labels_lie_inside_and_over_nothing(marks: list[Tag]) -> None:
    boxes = [box_of(label) for label in placed(marks, 400, 200)]
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 200 for box in boxes)
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for mark in marks:
        around = (mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
        assert not any(overlap(box, around) for box in boxes)


def test_the_shorter_text_is_taken_where_the_long_one_has_no_room() -> None:
    tag = Tag(40, 20, 5, ("A name that is much too long for so small a picture", "Oslo"))
    assert [label.text for label in placed([tag], 80, 40)] == ["Oslo"]
    assert placed([tag], 80, 40, taken=[(0, 0, 80, 40)]) == []


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_box_lies_where_its_text_does(align: str) -> None:
    left, top, right, bottom = box_of(Label("Oslo", 100, 50, align))
    assert {"left": left, "right": right, "center": (left + right) / 2}[align] == pytest.approx(100)
    assert (top + bottom) / 2 == 50
