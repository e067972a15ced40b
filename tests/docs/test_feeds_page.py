"""The page on feeds shows a file that can be read, and names the keys and defaults that there are."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from detente.reading import FeedSource, load_feeds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "feeds.md"


def test_the_file_shown_can_be_read(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert shown
    path = tmp_path / "feeds.toml"
    path.write_text(shown[1], encoding="utf-8")
    first, second = load_feeds(path)
    assert (first.every, first.full_text) == (timedelta(hours=2), True)
    assert (second.every, second.full_text) == (timedelta(minutes=30), False)


def test_the_table_names_every_key() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert named == [field.name for field in fields(FeedSource)]
