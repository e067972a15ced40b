"""What the pages of the desk are made of: parts of a dossier, the time line, pieces of a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.brief_frame import frame_of
from detente.analysis.dossier import Dossier
from detente.analysis.facets import facets
from detente.analysis.listing import items_of
from detente.analysis.marked_text import PAGE, Mark, page_of, pieces
from detente.analysis.narrow import Filters, narrow, nouns_with
from detente.analysis.own_accounts import account_passages
from detente.analysis.proof import proof_of_derived
from detente.analysis.timeline import draw, shifted, timeline, wider
from detente.errors import OptionError, RecordError
from detente.records import Document
from detente.relations import Source

MONTH = (date(2024, 2, 1), date(2024, 2, 29))


def test_a_side_keeps_what_it_says_and_does_and_has_no_contacts_of_its_own(oslo: Dossier) -> None:
    norway = narrow(oslo, Filters(side="NOR"))
    assert norway.tellings and {t.statement.side for t in norway.tellings} == {"NOR"}
    assert all("NOR" in {a.country for a in e.actors} for e in norway.episodes)
    assert norway.contacts == () and norway.channels == ()
    assert nouns_with(Filters(side="NOR", channel="leader")) == frozenset()


def test_a_channel_keeps_its_contacts_and_itself(oslo: Dossier) -> None:
    ministers = narrow(oslo, Filters(channel="foreign minister"))
    assert ministers.contacts and {c.channel for c in ministers.contacts} == {"foreign minister"}
    assert [c.name for c in ministers.channels] == ["foreign minister"]
    assert ministers.tellings == () and ministers.commitments == ()


def test_working_groups_are_channels_by_issue_and_together(oslo: Dossier) -> None:
    first, *others = oslo.contacts
    group = "working group: climate"
    met = replace(oslo, contacts=(replace(first, channel=group), *others))
    assert (group, 1) in facets(met).channels
    for asked in (group, "working group"):
        assert [c.channel for c in narrow(met, Filters(channel=asked)).contacts] == [group]
    assert narrow(met, Filters(channel="working group: fish")).contacts == ()
    with pytest.raises(OptionError, match="channel 'leader: climate' is not known"):
        narrow(met, Filters(channel="leader: climate"))


def test_no_filter_is_the_whole_and_an_unknown_value_is_an_error(oslo: Dossier) -> None:
    assert narrow(oslo, Filters()) is oslo
    with pytest.raises(OptionError, match="side 'DNK' is not known"):
        narrow(oslo, Filters(side="DNK"))


def test_facets_count_what_the_lists_hold(oslo: Dossier) -> None:
    found = facets(oslo)
    assert dict(found.nouns) == {noun: len(items_of(noun, oslo)) for noun, _ in found.nouns}
    for issue, one, other in found.issues:
        lists = [items_of("statements", narrow(oslo, Filters(issue=issue, side=side))) for side in oslo.dyad]
        assert [one, other] == [len(items) for items in lists]
    for state, number in found.states:
        assert number == sum(item.status == state for item in items_of("commitments", oslo))


def test_the_time_line_tells_every_statement_once_whatever_the_unit(oslo: Dossier) -> None:
    lines = {}
    oslo = replace(oslo, sources={**oslo.sources, "old": Source("old", date(2020, 1, 1))})
    for since, until in ((date(2020, 1, 1), date(2025, 12, 31)), (oslo.since, oslo.until), MONTH):
        line = timeline(frame_of(replace(oslo, since=since, until=until)))
        lines[line.unit] = line
        assert all(b.start == a.end + timedelta(days=1) for a, b in zip(line.bins, line.bins[1:], strict=False))
    assert set(lines) == {"year", "month", "day"} and len(lines["day"].bins) == 29
    said = sum(t.statement.side in oslo.dyad for t in oslo.tellings)
    for unit in ("year", "month"):
        assert sum(sum(b.statements) for b in lines[unit].bins) == said
        assert sum(b.contacts for b in lines[unit].bins) == 2


def test_the_drawing_keeps_within_its_box(oslo: Dossier) -> None:
    drawing = draw(timeline(frame_of(oslo)))
    bars = [bar for column in drawing.columns for bar in column.bars]
    assert bars
    for bar in bars:
        assert drawing.left <= bar.x and bar.x + bar.width <= drawing.width
        assert bar.y >= 0 and bar.y + bar.height <= drawing.height


@pytest.mark.parametrize(
    ("since", "until", "by", "wanted"),
    [
        (*MONTH, 1, (date(2024, 3, 1), date(2024, 3, 31))),
        (*MONTH, -1, (date(2024, 1, 1), date(2024, 1, 31))),
        (date(2024, 1, 1), date(2024, 12, 31), -1, (date(2023, 1, 1), date(2023, 12, 31))),
        (date(2024, 5, 3), date(2024, 5, 9), 1, (date(2024, 5, 10), date(2024, 5, 16))),
    ],
)
def test_later_and_earlier_are_whole_months_where_the_period_is(
    since: date, until: date, by: int, wanted: tuple[date, date]
) -> None:
    assert shifted(since, until, by) == wanted


def test_zooming_out_leads_from_a_day_to_the_month_the_year_and_no_further() -> None:
    day = date(2024, 2, 9)
    assert wider(day, day) == MONTH
    year = wider(*MONTH)
    assert year == (date(2024, 1, 1), date(2024, 12, 31)) and wider(*year) is None
    assert wider(date(2023, 12, 31), day) is None


spans = st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abc")).map(lambda t: Mark(*t))


@given(st.text(max_size=40), st.lists(spans, max_size=6))
def test_pieces_are_the_text_and_each_is_under_its_marks(text: str, marks: list[Mark]) -> None:
    place = 0
    for piece in pieces(text, marks, 0, len(text)):
        last = place + len(piece.text)
        assert set(piece.kinds) == {m.kind for m in marks if m.start <= place and last <= m.end and m.start < m.end}
        place = last
    assert "".join(piece.text for piece in pieces(text, marks, 0, len(text))) == text


@pytest.mark.parametrize("text", ["Norway spoke. " * 9_000, "a" * 100_000, "\n".join("x" * 50_000), "", " \n ", "One."])
def test_pages_of_a_text_follow_each_other_without_gap(text: str) -> None:
    document, start, read = Document(text, "d"), 0, ""
    while True:
        page = page_of(document, start)
        assert sum(s.end - s.start for s in page.sentences) <= PAGE + 3_000
        read += "".join(text[s.start : s.end] for s in page.sentences)
        if page.next is None:
            break
        assert page.next > start
        start = page.next
    assert read == text


def test_the_evidence_of_a_contact_quotes_each_report_with_its_marks(oslo: Dossier) -> None:
    contact = next(c for c in oslo.contacts if c.place and c.place.name == "Oslo")
    proof = proof_of_derived(oslo, contact.id)
    assert proof.kind == "contact" and {e.document for e in proof.others} == {"n1", "n2", "n3"}
    assert dict(proof.readouts) == {"NOR": "n2", "SWE": "n3"}
    for excerpt in proof.others:
        marked = "".join(piece.text for piece in excerpt.pieces if "evidence" in piece.kinds)
        assert marked == oslo.reports[excerpt.record].event.evidence.text
    with pytest.raises(RecordError, match="no record 'ct-0'"):
        proof_of_derived(oslo, "ct-0")


def test_what_an_account_says_in_its_own_voice_is_found_by_issue(oslo: Dossier) -> None:
    text = "The ministers talked about fish. Norway imposes sanctions on Belarus. Nothing else was said."
    given = replace(oslo, texts={**oslo.texts, "n2": text}, tellings=())
    found = account_passages(given, "sanctions")
    assert [(p.side, p.span.text) for p in found] == [("NOR", "Norway imposes sanctions on Belarus.")]
    assert account_passages(replace(given, until=date(2024, 3, 1)), "sanctions") == ()
