"""Stand-ins for countries: the model reads the same whichever countries a sentence names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.marking import mark
from detente.coding.question import Question
from detente.coding.stand_ins import hide_countries, replace_words
from detente.lexicon import load_lexicon

_PLAIN = sorted(
    country.name
    for country in load_lexicon().countries.values()
    if country.status == "UN member" and len(load_lexicon().phrases.forms(country.name)) == 1
)


def asked(actor: str, recipient: str) -> Question:
    text = f"Troops of {actor} shelled a village in {recipient} on Monday, and {recipient} shut the border."
    at, to = text.index(actor), text.index(recipient, text.index(" in "))
    by = text.index(" shelled ") + 1
    return Question(text, (at, at + len(actor)), (to, to + len(recipient)), (by, by + len("shelled")))


@given(st.lists(st.sampled_from(_PLAIN), min_size=4, max_size=4, unique=True))
def test_other_countries_ask_the_same(names: list[str]) -> None:
    one, other, third, fourth = names
    assert mark(asked(one, other)) == mark(asked(third, fourth)) == mark(asked(other, one))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Iran's envoy left the Iranian mission in Tehran.", "Norway's envoy left the Norwegian mission in Oslo."),
        (
            "Two Britons and a Swede met in the U.K. on Monday.",
            "Two Norwegians and a Kenyan met in the Norway on Monday.",
        ),
        ("The US, not us, told Kenya.", "The Norway, not us, told Kenya."),
        ("Norway told Kenya, and Kenya told Norway.", "Norway told Kenya, and Kenya told Norway."),
        # A newspaper is no country.
        ("China Daily wrote about it.", "China Daily wrote about it."),
        ("Nobody was named.", "Nobody was named."),
    ],
)
def test_each_kind_of_name_has_its_own(text: str, hidden: str) -> None:
    assert hide_countries(Question(text, None, None)).text == hidden


def test_marks_stay_on_their_words() -> None:
    text = "Saudi Arabia's king, after talks with Iran, recalled the kingdom's envoy from Sweden."
    places = [
        (text.index(word), text.index(word) + len(word)) for word in ("Saudi Arabia's king", "Sweden", "recalled")
    ]
    hidden = hide_countries(Question(text, places[0], places[1], places[2]))
    spans = (hidden.actor, hidden.recipient, hidden.trigger)
    assert [hidden.text[slice(*span)] for span in spans if span] == ["Norway's king", "Chile", "recalled"]


def test_a_name_that_a_mark_cuts_stays() -> None:
    text = "South Korea called."
    hidden = hide_countries(Question(text, (6, 11), None))
    assert (hidden.text, hidden.actor) == (text, (6, 11))


@given(st.data())
def test_replaced_words_move_every_mark(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("abc", min_size=1, max_size=5), min_size=4, max_size=8))
    text, starts = " ".join(words), [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    ranges = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    chosen = data.draw(st.lists(st.sampled_from(range(len(words))), unique=True))
    marks = [data.draw(st.sampled_from(range(len(words)))) for _ in range(3)]
    changed = replace_words(
        Question(text, ranges[marks[0]], ranges[marks[1]], ranges[marks[2]]),
        [(*ranges[n], "longer one") for n in chosen],
    )
    wanted = ["longer one" if n in chosen else word for n, word in enumerate(words)]
    assert changed.text == " ".join(wanted)
    for span, n in zip((changed.actor, changed.recipient, changed.trigger), marks, strict=True):
        assert span is not None
        assert changed.text[slice(*span)] == wanted[n]
