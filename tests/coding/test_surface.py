"""The parser's view of a text always leads back to the text as stored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.coding.surface import surface_of

# Letters, the marks that change length, the quotes that do not, and line breaks.
_TEXT = st.text(alphabet="ab .\n“”‘’\u00a0\u00adﬁﬃ…\u200b\ufeffé漢", max_size=80)


@given(_TEXT)
def test_every_surface_range_leads_to_stored_text_with_the_same_letters(text: str) -> None:
    surface = surface_of(text)
    for index, char in enumerate(surface.text):
        start, end = surface.to_stored(index, index + 1)
        assert 0 <= start < end <= len(text)
        if char in "abé漢":
            assert text[start] == char


@given(_TEXT)
def test_ranges_keep_their_order(text: str) -> None:
    surface = surface_of(text)
    starts = [surface.to_stored(index, index + 1)[0] for index in range(len(surface.text))]
    assert starts == sorted(starts)


@given(_TEXT, st.integers(0, 79))
def test_from_stored_finds_the_character_again(text: str, offset: int) -> None:
    surface = surface_of(text)
    if offset < len(text) and text[offset] in "abé漢":
        assert surface.text[surface.from_stored(offset)] == text[offset]


def test_a_ligature_is_spelled_out_and_its_span_is_the_ligature() -> None:
    text = "The oﬃce of the minister"
    surface = surface_of(text)
    start = surface.text.index("office")
    first, last = surface.to_stored(start, start + len("office"))
    assert text[first:last] == "oﬃce"


def test_a_soft_hyphen_vanishes_from_the_word_but_not_from_its_evidence() -> None:
    text = "The diplo\u00admat left"
    surface = surface_of(text)
    start = surface.text.index("diplomat")
    first, last = surface.to_stored(start, start + len("diplomat"))
    assert text[first:last] == "diplo\u00admat"


def test_hard_wrapped_lines_are_joined_and_real_breaks_are_kept() -> None:
    wrapped = (
        "The two ministers met in the capital on Tuesday and agreed that their\n"
        "governments would speak again before the summer, officials of both of\n"
        "them said.\n\nA second paragraph follows."
    )
    assert surface_of(wrapped).text.count("\n") == 2
    listed = "Signed by:\nFrance\nItaly\nSpain"
    assert surface_of(listed).text == listed


def test_the_suffix_of_a_name_is_hidden_from_the_parser_only() -> None:
    text = "President John B. Smith, Jr., spoke today with the queen."
    surface = surface_of(text)
    assert surface.text == "President John B. Smith spoke today with the queen."
    start = surface.text.index("spoke")
    assert text[slice(*surface.to_stored(start, start + 5))] == "spoke"
    assert surface_of("He met Smith, Jr. They spoke.").text == "He met Smith, Jr. They spoke."


def test_long_runs_of_punctuation_are_blanked() -> None:
    text = "“" * 10_000 + "Norway left" + "”" * 10_000
    surface = surface_of(text)
    assert surface.text.strip() == "Norway left"
    assert len(surface.text) == len(text)


def test_emoji_and_hashtags_leave_words_that_parse() -> None:
    text = "⚠️ #Chile urges #Peru to wait. Item #4 of C# stays."
    surface = surface_of(text)
    assert surface.text == "    Chile urges  Peru to wait. Item #4 of C# stays."
    start = surface.text.index("Peru")
    assert text[slice(*surface.to_stored(start, start + 4))] == "Peru"


def test_false_starts_are_left_out_and_spans_lead_back() -> None:
    text = "We met President Lindq- — Lindqvist on May — on May 3rd, with our — our close friends."
    surface = surface_of(text)
    assert surface.text == "We met President Lindqvist on May 3rd, with our close friends."
    start = surface.text.index("Lindqvist on")
    assert (
        text[slice(*surface.to_stored(start, start + len("Lindqvist on May 3rd")))] == "Lindqvist on May — on May 3rd"
    )
    plain = "The well-known envoy — a man of few words — left."
    assert surface_of(plain).text == plain
