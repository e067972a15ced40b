"""The page of the plots shows every kind, light and dark, and its pictures are what the commands beside them draw."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from lxml import etree

from detente.analysis.plots import KINDS, THEMES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_picture_of_the_page_is_there_in_both_themes(script: Callable[[str], ModuleType]) -> None:
    page = (DOCS / "plots.md").read_text(encoding="utf-8")
    commands = [found[0].split()[2] for found in script("build_plots").COMMANDS.finditer(page)]
    assert sorted(commands) == sorted(KINDS)
    shown = re.findall(r"!\[[^\]]{20,}\]\((plots/\w+-(\w+)\.svg)#only-(\w+)\)", page)
    assert len(shown) == len(KINDS) * len(THEMES)
    for name, theme, only in shown:
        assert theme == only in THEMES
        root = etree.parse(DOCS / name).getroot()
        title = root.findtext("{http://www.w3.org/2000/svg}title")
        assert title and root[2].get("fill") == THEMES[theme].paper
    assert {name.removeprefix("plots/") for name, _, _ in shown} == {path.name for path in (DOCS / "plots").iterdir()}
