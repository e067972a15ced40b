from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from detente.analysis.brief import make_brief
from detente.analysis.brief_model import Brief, Row
from detente.analysis.dossier import Dossier
from detente.records import Document

Make = Callable[..., Dossier]


def rows(brief: Brief, key: str) -> tuple[Row, ...]:
    return next(section.rows for section in brief.sections if section.key == key)


def texts(brief: Brief, key: str) -> list[str]:
    """Each row of a section as one text."""
    return [" | ".join(line.text for cell in row.cells for line in cell) for row in rows(brief, key)]


def test_headline_tells_contacts_and_the_highest(oslo: Dossier) -> None:
    line = make_brief(oslo).headline[0]
    assert line.text.startswith("2 contacts since 1 January 2024; the highest: ")
    assert "Espen Barth Eide (Foreign Minister)" in line.text and line.notes


def test_a_meeting_told_by_three_is_one_row_with_names_offices_place_and_channel(oslo: Dossier) -> None:
    found = texts(make_brief(oslo), "contacts")
    assert [row for row in found if "Oslo" in row] == [
        "12 March 2024 | Espen Barth Eide (Foreign Minister) | Tobias Billström (Foreign Minister)"
        " | Visit in Oslo | foreign minister"
    ]
    assert not any("Norway | Sweden" in row for row in found)


def test_sides_stand_in_the_order_asked(oslo: Dossier) -> None:
    turned = make_brief(replace(oslo, dyad=("SWE", "NOR")))
    assert turned.title == "Sweden and Norway"
    assert "Billström" in rows(turned, "contacts")[0].cells[1][0].text


def test_an_invitation_kept_shows_what_settled_it(oslo: Dossier) -> None:
    brief = make_brief(oslo)
    row = next(row for row in rows(brief, "promises") if "invitation" in row.cells[1][0].text)
    verdict, why = row.cells[3]
    assert verdict.text == "Kept, 5 June 2024"
    assert why.notes and "2024-06" not in why.text
    assert any("Invitation kept: Sweden → Norway" in text for text in texts(brief, "changes"))


def test_what_only_one_readout_assures_is_a_dispute(oslo: Dossier) -> None:
    (row,) = texts(make_brief(oslo), "disputes")
    assert row.startswith("Norway alone | 12 March 2024")
    assert "would not reduce the night trains" in row
    assert "Sweden's account does not: “Visit to Norway”" in row


def test_words_said_again_are_told_once_with_their_first_day(oslo: Dossier) -> None:
    (row,) = rows(make_brief(oslo), "words")
    lines = [line.text for line in row.cells[1]]
    assert lines[0] == "Espen Barth Eide (Foreign Minister), 4 July 2024"
    assert "lower quotas for cod would ruin many fishing towns" in lines[1]
    assert lines[2].startswith("first said 12 March 2024, told in 2 documents since")


def test_every_note_leads_to_a_sentence_of_its_source(oslo: Dossier) -> None:
    brief = make_brief(oslo)
    quotes = {quote.note: quote for reference in brief.references for quote in reference.quotes}
    cited = {n for s in brief.sections for row in s.rows for cell in row.cells for line in cell for n in line.notes}
    assert cited and cited <= set(quotes)
    for reference in brief.references:
        text = " ".join(oslo.texts[reference.document].split())
        for quote in reference.quotes:
            assert "".join(part for part, _ in quote.parts).strip() in text
            assert any(marked for _, marked in quote.parts)


def test_sources_are_numbered_in_the_order_of_reading(oslo: Dossier) -> None:
    brief = make_brief(oslo)
    assert [reference.number for reference in brief.references] == list(range(1, len(brief.references) + 1))
    assert brief.headline[0].notes[0] == "1"


def test_only_addresses_of_the_web_are_links(make_dossier: Make) -> None:
    def brief(url: str) -> Brief:
        text = "Chad's President Mahamat Idriss Déby met Niger's President Mohamed Bazoum in Niamey on 2 May 2023."
        document = Document(text, "c1", "Talks", date(2023, 5, 3), url=url)
        return make_brief(make_dossier([document], ("TCD", "NER"), date(2023, 5, 1), date(2023, 5, 31)))

    assert brief("https://news.example/a").references[0].url == "https://news.example/a"
    assert brief("javascript:alert(1)").references[0].url is None
    assert brief("file:///etc/passwd").references[0].url is None


def test_deeds_tell_who_did_what_to_whom_with_the_sentence(delhi: Dossier) -> None:
    found = texts(make_brief(delhi), "deeds")
    assert any("India → Pakistan | expulsion | “India expelled two Pakistani diplomats" in row for row in found)
    assert any(row.startswith("16 May 2024 | Pakistan → India") for row in found)


def test_a_deed_that_only_the_other_side_claims_is_none(make_dossier: Make) -> None:
    text = (
        "The foreign ministry of Armenia said on Monday that Azerbaijan had shelled Armenian villages with artillery. "
        "Azerbaijan denied the claim."
    )
    document = Document(text, "a1", "Claims on the border", date(2023, 4, 12), "Agency")
    dossier = make_dossier([document], ("ARM", "AZE"), date(2023, 4, 1), date(2023, 4, 30))
    assert rows(make_brief(dossier), "deeds") == ()


def test_what_is_only_asked_is_no_promise(make_dossier: Make) -> None:
    text = "Agency: Reports say that Kenya promised Uganda a new road to Busia. Can you confirm it?"
    document = Document(text, "u1", "Questions", date(2024, 2, 2), "Agency")
    dossier = make_dossier([document], ("KEN", "UGA"), date(2024, 2, 1), date(2024, 2, 28))
    assert rows(make_brief(dossier), "promises") == ()


def test_days_before_the_period_are_known_but_not_listed(oslo: Dossier) -> None:
    late = make_brief(replace(oslo, since=date(2024, 5, 1)))
    assert all("Oslo" not in text for text in texts(late, "contacts"))
    assert "5 June 2024" in texts(late, "channels")[0]


def test_months_without_documents_are_gaps_and_few_documents_give_no_band(oslo: Dossier) -> None:
    series = {point.month: point for point in make_brief(oslo).series}
    assert list(series) == [f"2024-0{number}" for number in range(1, 8)]
    assert series["2024-02"].value is None
    assert series["2024-06"].value is not None and series["2024-06"].low is None
    march = series["2024-03"]
    assert march.value is not None and march.low is None and march.documents == 3


def test_a_month_of_many_documents_has_a_band(oslo: Dossier) -> None:
    (visit, *_) = [episode for episode in oslo.episodes if episode.start == date(2024, 3, 12) and episode.realised]
    many = tuple(replace(visit, id=f"ep-{number}", documents=(f"m{number}",)) for number in range(6))
    (march,) = [p for p in make_brief(replace(oslo, episodes=many)).series if p.month == "2024-03"]
    assert march.value is not None and (march.low, march.high) == (march.value, march.value)


def test_an_empty_ledger_says_so() -> None:
    brief = make_brief(Dossier(("NOR", "SWE"), date(2024, 7, 31), date(2024, 7, 1), date(2024, 7, 31)))
    assert brief.headline[0].text == "No contact is filed since 1 July 2024."
    assert all(not section.rows and section.empty for section in brief.sections)


def test_a_section_that_is_cut_names_the_command_that_lists_all(oslo: Dossier) -> None:
    many = [
        replace(contact, id=f"ct-{number}", start=date(2024, 4, number), end=date(2024, 4, number))
        for number in range(1, 29)
        for contact in oslo.contacts[:1]
    ]
    brief = make_brief(replace(oslo, contacts=tuple(many)))
    contacts = next(section for section in brief.sections if section.key == "contacts")
    assert (len(contacts.rows), contacts.more) == (12, 16)
    assert contacts.command == "detente contacts NOR SWE --since 2024-01-01 --until 2024-07-31"


def test_the_same_dossier_gives_the_same_brief(oslo: Dossier) -> None:
    assert make_brief(oslo) == make_brief(oslo)
