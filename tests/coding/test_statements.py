"""Statements: speaker, side, form, issue and tone, on texts of our own."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from detente.coding.coder import Coder
from detente.records import Document, Statement

DAY = date(2022, 6, 15)


@cache
def coder() -> Coder:
    return Coder()


def statements(text: str, day: date | None = DAY) -> tuple[Statement, ...]:
    return coder().code(Document(text, published=day)).statements


def test_a_ministry_speaks_for_its_state() -> None:
    (only,) = statements("Egypt's foreign ministry condemned the attack on the convoy.")
    assert only.speaker is not None
    assert (only.side, only.form) == ("EGY", "indirect")
    assert only.tone < 0


def test_each_sentence_of_a_quotation_is_a_statement() -> None:
    found = statements('"The accord is a milestone. It opens the border," the Peruvian foreign ministry said.')
    assert [s.content.text for s in found] == ['"The accord is a milestone.', 'It opens the border,"']
    assert {s.side for s in found} == {"PER"}
    assert all(s.form == "direct" and s.tone >= 0 for s in found)


def test_two_that_clauses_are_two_statements() -> None:
    found = statements("Kenya's president said that the border was closed and that the talks had failed.")
    assert [s.content.text for s in found] == ["the border was closed", "the talks had failed"]


def test_an_observer_has_no_side_and_forecasts() -> None:
    (only,) = statements("Analysts say the truce is likely to collapse.")
    assert only.speaker is not None
    assert (only.speaker.actor.role, only.side, only.forecast) == ("observer", None, True)
    assert "peace process" in only.issues


def test_who_reports_it_is_via() -> None:
    (only,) = statements(
        "The Chinese foreign ministry said Wang Yi had told Antony Blinken that relations were at a turning point."
    )
    assert only.speaker is not None and only.via is not None and only.addressee is not None
    assert only.speaker.actor.name == "Wang Yi"
    assert only.via.actor.country == "CHN"
    assert only.addressee.actor.country == "USA"
    assert only.issues[-1] == "bilateral relations"


def test_what_was_not_uttered_is_no_statement() -> None:
    assert statements("The Indian minister declined to comment.") == ()
    assert statements("The Indian minister did not say when the troops would leave.") == ()
    assert statements("The Indian minister may say that the troops will leave.") == ()


def test_thoughts_are_no_statements() -> None:
    assert statements("Egypt's foreign ministry believes the truce will hold.") == ()


def test_content_is_the_stored_text_and_why_is_filled() -> None:
    text = "“Our ties are excellent,” India’s foreign minister told reporters."
    document = Document(text, published=DAY)
    (only,) = coder().code(document).statements
    assert text[only.content.start : only.content.end] == only.content.text == "“Our ties are excellent,”"
    assert {field for field, _ in only.why} == {"cue", "speaker", "issues", "tone"}
    assert only.tone > 0.5


def test_a_negated_term_turns_the_tone() -> None:
    (good,) = statements("India's foreign ministry said the pact was a threat.")
    (bad,) = statements("India's foreign ministry said the pact was not a threat.")
    assert good.tone < 0 < bad.tone


def test_the_seed_article(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    found = statements(text, date(2023, 6, 19))
    said = {(s.speaker.actor.name, s.side) for s in found if s.speaker}
    assert {("Wang Yi", "CHN"), ("Antony Blinken", "USA"), ("Bonnie Glaser", None), ("Joe Biden", "USA")} <= said
