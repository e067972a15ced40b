"""Texts that no newsroom would write are coded all the same, and what comes out keeps its promises."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.coding.parse import analyse
from detente.coding.place_senses import Name, resolve
from detente.lexicon.places import load_gazetteer
from detente.reading import find_turns
from detente.records import Document, Event, record_from_dict

NEWS = "France summoned the Iranian ambassador. “We will answer,” the Iranian foreign minister told reporters."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _sound(coder: Coder, document: Document) -> list[Event]:
    """Code a document and check what holds of every record."""
    coded = coder.code(document)
    ids = [record.id for record in coded.records]
    assert len(ids) == len(set(ids))
    for record in coded.records:
        assert record_from_dict(record.to_dict()) == record
        spans = [record.evidence, record.trigger] if isinstance(record, Event) else [record.content]
        if not isinstance(record, Event) and record.cue is not None:
            spans.append(record.cue)
        for span in spans:
            assert span.text == document.text[span.start : span.end] != ""
        days = record.date
        if days is not None and days.start is not None and days.end is not None:
            assert days.start <= days.end
    return list(coded.events)


@pytest.mark.parametrize("published", [date.min, date.max, date(9999, 12, 1), date(1, 1, 5), None])
def test_days_of_publication_at_the_ends_of_the_calendar(coder: Coder, published: date | None) -> None:
    text = (
        f"{NEWS} Turkey invaded Syria yesterday. Turkey will attack Syria tomorrow. China fined Japan on Monday."
        " China sanctioned Japan over the weekend. Italy met Spain last decade. Italy will meet Spain next century."
        " Chile signed a treaty with Peru at Easter, days after Thanksgiving. They met in the winter, in the next"
        " quarter, in the last month, next week and for the first two weeks of the year. Egypt had attacked Libya"
        " before May 1. Ghana attacked Togo two decades ago. Ghana had once attacked Togo."
    )
    assert _sound(coder, Document(text, published=published))


@pytest.mark.parametrize(
    "when",
    ["in May 0000", "in the 0000s", "in the summer of 0000", "in the third quarter of 0000",
     "between May and June 0000", "from May 0000 to June 0000",
     "on Easter 9999", "in the winter of 9999", "on 0000-00-00", "4000 years ago",
     "in 9999999999 months"],
)  # fmt: skip
def test_years_that_no_calendar_has_date_nothing(coder: Coder, when: str) -> None:
    events = _sound(coder, Document(f"Turkey attacked Syria {when}.", published=date(2024, 5, 10)))
    assert [event.type for event in events] == ["ASSAULT"]


def test_a_range_that_ends_before_it_begins_is_no_range(coder: Coder) -> None:
    text = "Turkey attacked Syria from last week to 4000 years ago."
    assert _sound(coder, Document(text, published=date(2024, 5, 10)))


def test_half_characters_do_not_stop_the_parser(coder: Coder) -> None:
    events = _sound(coder, Document(f"\ud800 {NEWS} \udfff", published=date(2024, 5, 10)))
    assert events


def test_a_sentence_without_an_end_is_cut() -> None:
    words = "China and Japan and " * 400
    lengths = [sentence.end - sentence.start for sentence in analyse(Document(words)).sentences]
    assert max(lengths) <= 500


def test_a_text_of_very_many_places_is_taken_in_stretches() -> None:
    gazetteer = load_gazetteer()
    invented = [Name(f"Xqzville{number}", holder=0) for number in range(600)]
    names = [Name("Paris"), *invented, Name("Texas"), Name("Paris", holder=601), Name("Xqzville1", holder=0)]
    senses = [gazetteer.place(sense[0]) if sense else None for sense in resolve(names, gazetteer)]
    assert len(senses) == len(names)
    first, texan = senses[0], senses[602]
    assert first is not None and first.country == "FRA"
    assert texan is not None and (texan.country, texan.admin1) == ("USA", "Texas")


def test_many_tellings_of_one_event_are_one_record(coder: Coder) -> None:
    events = _sound(coder, Document("China sanctioned Japan on Monday. " * 60, published=date(2024, 5, 10)))
    assert [(event.type, len(event.also)) for event in events] == [("SANCTION", 59)]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n", ".", "“", "\u200f", "\x00", "😀", "China", "He", "Q:", "said", "\n\n\n", "'s", "“”", "they met",
        NEWS.upper(), NEWS.lower(), NEWS[::-1], NEWS.replace(" ", "\n"), NEWS.replace(" ", "\u200b \u202e"),
        NEWS.replace("e", "e\u0301"), " ".join(reversed(NEWS.split())), "“" * 10_000 + NEWS + "”" * 10_000,
        "«“‘(" * 500 + NEWS + ")’”»" * 500, "“he said " * 300 + "”" * 300, "| China | Japan | met |\n" * 40,
        "- China\n- Japan\n" * 40, "Angela Merkel, " * 100,
        "Китай атаковал Японию. 中国攻击日本。 هاجمت الصين اليابان.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["news", "transcript"])
def test_odd_texts(coder: Coder, text: str, kind: str) -> None:
    turns = find_turns(f"Q: {text}\nMR. SMITH: {text}") if kind == "transcript" else ()
    whole = f"Q: {text}\nMR. SMITH: {text}" if kind == "transcript" else text
    _sound(coder, Document(whole, kind=kind, turns=tuple(turns or ())))
