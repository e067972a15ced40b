"""The tables of cue words, issues and tone."""

from __future__ import annotations

import pytest

from detente.errors import TableError
from detente.lexicon import cues
from detente.lexicon.issues import DEFAULT, issue_terms
from detente.lexicon.terms import Terms
from detente.lexicon.tone import tone_terms


def test_verbs_say_what_they_take() -> None:
    table = cues.verbs()
    assert "that" in table["say"].frames and table["say"].speech
    assert "@np" in table["tell"].frames
    assert not table["believe"].speech
    assert table["admit"].factive and not table["claim"].factive


def test_every_row_is_of_a_known_class() -> None:
    kinds = {cue.kind for cue in (*cues.verbs().values(), *cues.nominals().values())}
    assert kinds <= cues.SPEECH | cues.OTHER
    assert (("according", "to"), "say") in cues.phrases()


def test_an_unknown_frame_is_told_with_its_place() -> None:
    row = {"": "cue_verbs.tsv: line 7", "lemma": "x", "class": "say", "frames": "that wth"}
    with pytest.raises(TableError, match="line 7: unknown frame 'wth'"):
        cues._cue(row, cues.VERB_FRAMES)


def test_the_longest_term_wins_and_a_star_stands_for_an_ending() -> None:
    terms: Terms[str] = Terms()
    for term in ("trade", "trade war", "tariff*"):
        terms.add(term, term)
    words = ["the", "trade", "war", "and", "tariffs"]
    assert [(f.start, f.end, f.value) for f in terms.find(words, words)] == [(1, 3, "trade war"), (4, 5, "tariff*")]


@pytest.mark.parametrize(
    ("words", "issue"),
    [("export controls", "export controls"), ("taiwan strait", "Taiwan"), ("direct flights", "flights"),
     ("the two countries", DEFAULT), ("fentanyl precursors", "drugs")],
)  # fmt: skip
def test_issues_by_term(words: str, issue: str) -> None:
    forms = words.split()
    assert issue in {found.value for found in issue_terms().find(forms, forms)}


def test_valence_has_signs() -> None:
    def weight(word: str) -> float:
        return next(found.value.weight for found in tone_terms().find([word], [word]))

    assert weight("friendship") > 0 > weight("aggression")
