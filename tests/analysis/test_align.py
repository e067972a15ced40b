"""Aligning sentences: pairs that tell of the same, on sentences of our own.

The threshold was chosen on these pairs: all of SAME_PAIRS are above it, all of OTHER_PAIRS below.
"""

from __future__ import annotations

import pytest

from detente.analysis.align import SAME, Likeness, align
from detente.analysis.passages import Account, Passage, all_passages, issues_named, passages_of, sentences_of
from detente.records import Document

SAME_PAIRS = (
    (
        "Both governments will work to increase the number of direct flights.",
        "The two sides discussed how passenger flights could be increased in number.",
    ),
    (
        "The ministers signed a memorandum on the protection of wetlands.",
        "A memorandum about protecting wetlands was signed by the ministers.",
    ),
    (
        "The Prime Minister thanked Peru for its help after the earthquake.",
        "For the help it gave after the earthquake Peru was thanked.",
    ),
    (
        "They agreed that a hotline between the two navies should be opened.",
        "A hotline will link the navies of both countries.",
    ),
    (
        "The Secretary raised the detention of two journalists in April.",
        "The detention of the journalists is a matter for the courts, the minister said.",
    ),
)
OTHER_PAIRS = (
    (
        "Both governments will work to increase the number of direct flights.",
        "The number of students from both countries is small.",
    ),
    (
        "The ministers agreed to stay in close touch.",
        "The two ministers agreed that the border should be reopened.",
    ),
    ("The Secretary raised fentanyl.", "The Secretary was received by the President."),
    ("They discussed the war in Ukraine.", "They discussed trade and investment."),
    ("The President said that the alliance is ironclad.", "The President said that sanctions must be lifted."),
)
# Around the pairs, so that words have weights as in a whole text.
FILLING = ("The delegation arrived on Monday evening.", "Experts on fisheries will meet in the spring.")


def account(name: str, *sentences: str) -> Account:
    return Account(None, Document(" ".join(sentences), id=name))


def score(left: str, right: str) -> float:
    one, other = passages_of(account("a", left, *FILLING)), passages_of(account("b", right))
    return Likeness(one, other).score(one[0], other[0])


@pytest.mark.parametrize(("left", "right"), SAME_PAIRS)
def test_the_same_told_twice_is_alike(left: str, right: str) -> None:
    assert score(left, right) >= SAME


@pytest.mark.parametrize(("left", "right"), OTHER_PAIRS)
def test_the_frame_of_a_readout_is_not_enough(left: str, right: str) -> None:
    assert score(left, right) < SAME


def test_a_list_stands_beside_each_of_its_members() -> None:
    left = account("a", "They agreed to reopen the rail link and to share data on the river.")
    right = account("b", "The rail link will be reopened.", "Data on the river will be shared.")
    pairs = align(all_passages([left]), all_passages([right]))
    assert [pair.right.span.text for pair in pairs] == [
        "The rail link will be reopened.",
        "Data on the river will be shared.",
    ]


def test_the_order_of_the_texts_does_not_matter() -> None:
    left = account("a", "Wetlands will be protected.", "The hotline of the navies will open.")
    right = account("b", "A hotline of both navies opens.", "They want wetlands protected.")
    forth = {(p.left.span, p.right.span) for p in align(all_passages([left]), all_passages([right]))}
    back = {(p.right.span, p.left.span) for p in align(all_passages([right]), all_passages([left]))}
    assert len(forth) == 2
    assert forth == back


def test_nothing_to_align_gives_nothing() -> None:
    empty: tuple[Passage, ...] = ()
    assert align(empty, all_passages([account("a", "Wetlands will be protected.")])) == ()


def test_sentences_end_at_stops_but_not_at_abbreviations() -> None:
    document = Document('A headline\n\nMr. Smith of the U.S. side met Dr. Ito on Jan. 5. "It went well." They left.')
    found = list(sentences_of(document))
    assert [span.text for span in found] == [
        "A headline",
        "Mr. Smith of the U.S. side met Dr. Ito on Jan. 5.",
        '"It went well."',
        "They left.",
    ]
    assert all(document.text[span.start : span.end] == span.text for span in found)


def test_the_relation_itself_is_no_issue() -> None:
    assert issues_named("Relations were discussed, and tariffs on chips.") == ("tariffs", "semiconductors")
