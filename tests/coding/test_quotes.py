"""Where quotations start and end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.parse import analyse
from detente.coding.quotes import Quote, find_quotes
from detente.records import Document


def quotes(text: str) -> list[tuple[str, str]]:
    """Text and kind of each quote."""
    analysis = analyse(Document(text))
    return [(analysis.span(q.start, q.end).text, q.kind) for q in find_quotes(analysis)]


def test_speech_and_part_of_a_sentence_are_told_apart() -> None:
    found = quotes('"We will sign it," the envoy said. He called the draft "balanced and overdue".')
    assert found == [('"We will sign it,"', "speech"), ('"balanced and overdue"', "partial")]


def test_curly_marks_and_the_quote_inside_a_quote() -> None:
    found = quotes("“They told us ‘not now’ and left,” she said.")
    assert [text for text, _ in found] == ["“They told us ‘not now’ and left,”"]


def test_an_apostrophe_is_no_quote() -> None:
    assert quotes("The ministers' plan isn't Norway's, and the farmers' leaders won't sign.") == []


def test_single_quotes_of_a_headline() -> None:
    assert [text for text, _ in quotes("Envoy sees 'real progress' in Oslo talks")] == ["'real progress'"]


def test_a_quotation_of_several_paragraphs_goes_on() -> None:
    analysis = analyse(Document('He said: "The first point is trade.\n\n"The second is fish."'))
    first, second = find_quotes(analysis)
    assert (first.closed, second.continues) == (False, True)


def test_an_unmatched_mark_is_a_slip() -> None:
    assert quotes('The 12" pipe was laid in May.\n\nThe envoys left.') == []


def test_names_and_short_words_at_arms_length() -> None:
    assert quotes('The film "The Long Way Home" opened.')[0][1] == "scare"


def test_ten_thousand_nested_quotes() -> None:
    analysis = analyse(Document('"a ' * 5_000 + 'b" ' * 5_000))
    found = find_quotes(analysis)
    assert all(isinstance(q, Quote) and q.start < q.end for q in found)


@settings(max_examples=40)
@given(st.text(alphabet="ab \"'“”‘’\n.,''", max_size=60))
def test_quotes_are_in_order_and_apart(text: str) -> None:
    analysis = analyse(Document(text or "x"))
    found = find_quotes(analysis)
    assert all(q.start < q.end for q in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
