"""Texts of others and our own, made fit for a plot: cleaned, cut, broken into lines, and labels that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from detente.analysis import desk

_NARROW: Final = frozenset("iljtfrI.,:;'’‘|!()[] ")
_WIDE: Final = frozenset("mwMW—@%")
_GAP: Final = 3.0


def shown(text: str, limit: int = 60) -> str:
    """The text in one line, without what commands a terminal or turns the direction of reading, cut with a "…"."""
    # Cleaning takes time; of a text without end the beginning is enough.
    line = desk.clean(text[: 20 * limit])
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def width_of(text: str, size: float = 11) -> float:
    """About how many pixels wide the text is, rather too many than too few: advance widths of Liberation Sans by class
    of letters."""
    per = sum(0.3 if c in _NARROW else 0.9 if c in _WIDE else 0.7 if c.isupper() else 0.56 for c in text)
    # Beyond Latin, Greek and Cyrillic most letters are as wide as high.
    return size * (per + 0.45 * sum(ord(c) > 0x1100 for c in text))


def lines_of(text: str, width: float, size: float = 12) -> list[str]:
    """The text in lines of at most so many pixels, broken at spaces; a longer word stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if width_of(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark that asks for a label: its middle and radius in pixels, and texts, the best first."""

    x: float
    y: float
    radius: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place in pixels; `align` is left, center or right, the text's middle is at the height of `y`."""

    text: str
    x: float
    y: float
    align: str


# Left, top, right, bottom.
Box: TypeAlias = tuple[float, float, float, float]


def box_of(label: Label, size: float = 11) -> Box:
    """The room that a label takes."""
    wide = width_of(label.text, size)
    left = label.x - {"left": 0.0, "center": wide / 2, "right": wide}[label.align]
    return left, label.y - size / 2, left + wide, label.y + size / 2


def placed(
    tags: Sequence[Tag], width: float, height: float, size: float = 11, taken: Iterable[Box] = ()
) -> list[Label]:
    """Labels for as many marks as have room, in the order given: beside, below or above their mark, over no other mark
    or label and inside the picture. `taken` are boxes that stay free too."""
    boxes = [*taken, *((t.x - t.radius, t.y - t.radius, t.x + t.radius, t.y + t.radius) for t in tags)]
    labels = []
    for tag in tags:
        for label in _places(tag, size):
            box = box_of(label, size)
            fits = min(box) >= 0 and box[2] <= width and box[3] <= height
            if fits and not any(overlap(box, other) for other in boxes):
                labels.append(label)
                boxes.append(box)
                break
    return labels


def _places(tag: Tag, size: float) -> Iterable[Label]:
    away = tag.radius + _GAP
    below, above = tag.y + away + size / 2, tag.y - away - size / 2
    for text in tag.texts:
        yield Label(text, tag.x + away, tag.y, "left")
        yield Label(text, tag.x - away, tag.y, "right")
        for align in ("center", "left", "right"):
            yield Label(text, tag.x, below, align)
            yield Label(text, tag.x, above, align)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
