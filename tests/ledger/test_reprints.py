"""Who may be alike is found by hashes, in texts of any length; the texts decide."""

from __future__ import annotations

import random

from detente.ledger.reprints import bands, is_reprint


def words(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return [f"w{rng.randrange(100_000)}" for _ in range(count)]


def test_a_long_text_meets_its_reprint_and_no_other() -> None:
    text = words(1, 30_000)
    copy, other = text[500:], words(2, 30_000)
    assert set(bands(" ".join(text))) & set(bands(" ".join(copy)))
    assert is_reprint(" ".join(copy), " ".join(text))
    assert not set(bands(" ".join(text))) & set(bands(" ".join(other)))


def test_a_line_of_few_words_is_no_text_to_reprint() -> None:
    assert bands("Peru thanked Chile on Monday.") == ()
    assert not is_reprint("Peru thanked Chile on Monday.", "Peru thanked Chile on Monday.")
