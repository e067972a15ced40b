"""Readable by all: contrast as WCAG 2.2 counts it (level AA), and in black and white."""

from __future__ import annotations

import pytest

from detente.analysis.plots.theme import THEMES, Theme, theme_named
from detente.errors import OptionError


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_and_marks_stand_out_from_the_paper(theme: Theme) -> None:
    for ground in (theme.paper, theme.band):
        assert contrast(theme.ink, ground) >= 4.5
        assert contrast(theme.soft, ground) >= 4.5
        for mark in (theme.one, theme.other, theme.good, theme.bad):
            assert contrast(mark, ground) >= 3, mark


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_two_of_a_pair_differ_without_colour(theme: Theme) -> None:
    assert contrast(theme.one, theme.other) >= 1.6
    assert contrast(theme.good, theme.bad) >= 1.5


def test_an_unknown_theme_is_told_in_a_line() -> None:
    with pytest.raises(OptionError, match=r"'sepia' is not known \(light, dark\)"):
        theme_named("sepia")
