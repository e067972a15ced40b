"""Who is meant in transcripts, and which of the things said there are events: briefings of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.coding.actors import find_mentions
from detente.coding.coref import resolve
from detente.coding.parse import analyse
from detente.lexicon import load_lexicon
from detente.reading.transcripts import find_turns
from detente.records import Document, Event

DAY = date(2022, 6, 15)
WHITE_HOUSE = "https://www.whitehouse.gov/briefing-room/1"
OPENING = "MS. LIND: Good afternoon.\n\nQ Thank you.\n\n"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _transcript(text: str, url: str | None = WHITE_HOUSE, title: str | None = None) -> Document:
    text = OPENING + text
    turns = find_turns(text, expected=True)
    assert turns
    return Document(text, title=title, published=DAY, url=url, kind="transcript", turns=turns)


def _meant(document: Document, words: str) -> list[str]:
    """Names of persons, or ids of others, that the first mention with these words stands for."""
    analysis = analyse(document)
    lexicon = load_lexicon()
    found = resolve(analysis, lexicon, find_mentions(analysis, lexicon))
    same = [m for m in found if analysis.doc[m.start : m.end].text == words]
    assert same, [analysis.doc[m.start : m.end].text for m in found]
    return [a.name if a.id.startswith("person:") else a.id for a in same[0].actors]


def _events(coder: Coder, document: Document) -> list[Event]:
    return list(coder.code(document).events)


@pytest.mark.parametrize("name", ["Ms. Rosa-Modi", "Anna Rosa-Modi", "Ms. Modi-Rosa", "Ms. Rosa-Pierre"])
def test_a_hyphenated_surname_is_nobody_known_by_one_half(name: str) -> None:
    analysis = analyse(Document(f"The spokeswoman, {name}, smiled. {name} left for Delhi.", published=DAY))
    lexicon = load_lexicon()
    found = resolve(analysis, lexicon, find_mentions(analysis, lexicon))
    assert not [m for m in found if any(actor.name in ("Narendra Modi", "Philip J. Pierre") for actor in m.actors)]


@pytest.mark.parametrize("text", ["A Modi-Macron meeting took place.", "The Modi-led government fell."])
def test_two_names_joined_are_two_persons(text: str) -> None:
    analysis = analyse(Document(text, published=DAY))
    lexicon = load_lexicon()
    assert any(a.name == "Narendra Modi" for m in find_mentions(analysis, lexicon) for a in m.actors)


def test_a_company_of_two_surnames_is_no_leader() -> None:
    analysis = analyse(Document("Johnson & Johnson raised its prices in Oslo.", published=DAY))
    lexicon = load_lexicon()
    assert not any(a.name == "Boris Johnson" for m in find_mentions(analysis, lexicon) for a in m.actors)


def test_a_hyphenated_speaker_is_nobody_known_by_one_half() -> None:
    assert "Philip J. Pierre" not in _meant(_transcript("MS. ROSA-PIERRE: I met the Peruvian minister."), "I")


@pytest.mark.parametrize(
    ("url", "title", "words", "who"),
    [
        (WHITE_HOUSE, None, "the President", "Joe Biden"),
        ("https://www.kremlin.gov.ru/1", None, "the President", "Vladimir Putin"),
        ("https://www.president.gov.pl/1", None, "the President", "Andrzej Duda"),
        (None, "Press Briefing by White House Press Secretary Karine Jean-Pierre", "the President", "Joe Biden"),
    ],
)
def test_the_president_is_the_issuers(url: str | None, title: str | None, words: str, who: str) -> None:
    text = "MS. LIND: Mr. Putin held a speech, and so did President Macron. It is what the President watched."
    assert _meant(_transcript(text, url, title), words) == [who]


def test_titles_at_home_need_no_country(coder: Coder) -> None:
    text = (
        "Q What did President Biden tell President Xi about Doe's trip to Peru?\n\nMS. LIND: It is Speaker Doe's trip."
    )
    analysis = coder.code(_transcript(text)).analysis
    known = {a.name: a.country for m in analysis.mentions for a in m.actors if a.name == "Doe"}
    assert known == {"Doe": "USA"}


def test_a_president_who_speaks_means_another_by_the_president() -> None:
    text = "PRESIDENT BIDEN: I thank President Macron. It is good to have the President here."
    assert _meant(_transcript(text), "the President") == ["Emmanuel Macron"]


def test_in_one_sentence_the_president_named_there_is_meant() -> None:
    text = "MS. LIND: Before President Macron left, the President laid a wreath in Lyon."
    assert _meant(_transcript(text), "the President") == ["Emmanuel Macron"]


def test_we_of_an_official_without_a_name_is_the_issuers_state() -> None:
    text = "SENIOR ADMINISTRATION OFFICIAL: Last week we imposed sanctions on Belarus."
    assert _meant(_transcript(text), "we") == ["USA"]


def test_we_of_a_spokesperson_is_the_state() -> None:
    text = "MS. JEAN-PIERRE: I met the Peruvian envoy, and we thanked him."
    assert (_meant(_transcript(text), "we"), _meant(_transcript(text), "I")) == (["USA"], ["Karine Jean-Pierre"])


def test_he_is_never_the_one_who_speaks() -> None:
    text = "MS. JEAN-PIERRE: President Biden met the Peruvian minister. I was there, and he was glad."
    assert _meant(_transcript(text), "he") == ["Joe Biden"]


def test_she_who_spoke_before_is_no_he() -> None:
    text = "MS. JEAN-PIERRE: The President is in Lyon. I flew with the team.\n\nQ And where will he sleep?"
    assert _meant(_transcript(text), "he") == ["Joe Biden"]


def test_we_of_the_press_is_nobody() -> None:
    assert _meant(_transcript("Q Can we talk about Peru?"), "we") == []


@pytest.mark.parametrize(
    "said",
    [
        "I will warn you: we brought charts from Mexico.",
        "And he is going to do the work of the people of Peru.",
        "The plant has the ability to meet its goal for Peru.",
        "I cannot speak to Peru's calendar.",
        "And if Peru does it, we will call it out.",
        "We see President Macron as a partner.",
        "Thank you for the question about Peru.",
        "I can't give you a date for the aid to Peru.",
        "The Treasury Secretary is warning about that.",
        "It will help improve our climate in Peru.",
        "The deadline that this White House is setting is in June.",
        "He will fight for the bill, like the people of Peru.",
        "We are seeing Peruvian soldiers there.",
        "All right, I'll go back to Nadia.",
        "Nobody would suggest that Peru was late.",
        "Nobody would suggest that the men of Peru are being held.",
        "We have spoken about this prior to Peru's election.",
        "They announced a series of actions in Peru.",
    ],
)
def test_turns_of_phrase_are_no_events(coder: Coder, said: str) -> None:
    assert not _events(coder, _transcript(f"MS. LIND: {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "The President spoke to Senator Lee this morning.",
        "We are asking Congress to pass the bill.",
        "The President criticized the Speaker.",
        "The government arrested two American bankers.",
    ],
)
def test_what_stays_at_home_is_no_event(coder: Coder, said: str) -> None:
    assert not _events(coder, _transcript(f"MS. LIND: {said}"))


@pytest.mark.parametrize(
    "asked",
    [
        "Did the President speak with President Macron?",
        "He was in Lyon, but did he ask President Macron to help?",
        "Did the White House extend an invitation to President Macron?",
        "Does he plan to speak with the Peruvian president?",
        "Did the President ask President Macron to help with —",
        "Jake, was there anything in your talks with President Macron that left you reassured?",
    ],
)
def test_what_the_press_asks_has_not_been_said_to_happen(coder: Coder, asked: str) -> None:
    assert not _events(coder, _transcript(f"Q {asked}"))


@pytest.mark.parametrize(
    ("said", "kind", "who", "whom"),
    [
        ("The President criticized Belarus.", "ACCUSE", "USA", "BLR"),
        ("We sent tents to Peru.", "AID", "USA", "PER"),
        ("The President called Prime Minister Sanchez of Spain.", "CONSULT", "USA", "ESP"),
    ],
)
def test_what_a_briefing_tells_of_others_is_an_event(coder: Coder, said: str, kind: str, who: str, whom: str) -> None:
    (event,) = _events(coder, _transcript(f"SENIOR ADMINISTRATION OFFICIAL: {said}"))
    sides = {p.actor.country for p in event.actors}, {p.actor.country for p in event.recipients}
    assert (event.type, *sides) == (kind, {who}, {whom})


def _answered(text: str, url: str | None = None, title: str | None = None) -> Document:
    turns = find_turns(text)
    assert len(turns) == 2
    return Document(text, title=title, published=DAY, url=url, kind="transcript", turns=turns)


def _speakers(coder: Coder, document: Document) -> set[tuple[str, str | None]]:
    return {(made.speaker.actor.id, made.side) for made in coder.code(document).statements}


OPPOSED = "It is wrong to stop ships off our coast.\n\nThe matter has to be settled by talks this year."


@pytest.mark.parametrize(
    ("label", "url", "who", "side"),
    [
        ("The President", WHITE_HOUSE, "person:joe-biden", "USA"),
        ("THE PRESIDENT", "http://en.kremlin.ru/events/1", "person:vladimir-putin", "RUS"),
        ("Official Spokesperson", "https://www.mea.gov.in/media-briefings.htm?1", "IND:spokesperson", "IND"),
        ("A", "https://www.mofa.go.jp/press/1", "JPN", "JPN"),
        ("Deputy Spokesman", "https://press.un.org/en/2022/db1", "org:UN:spokesperson", None),
        ("Ana Lind", "https://www.mea.gov.in/media-briefings.htm?1", "person:ana-lind", "IND"),
    ],
)
def test_a_label_without_a_name_is_of_the_side_that_answers(
    coder: Coder, label: str, url: str, who: str, side: str | None
) -> None:
    text = (
        f"Question: Peruvian President Castillo spoke of a blockade on Monday. What is your view?\n\n{label}: {OPPOSED}"
    )
    assert _speakers(coder, _answered(text, url)) == {(who, side)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Reuters: Will France send a ship?\n\nSpokesperson: Peru firmly opposes such visits. We have told them so.",
            "PER:spokesperson",
        ),
        (
            "Q: Will France send a ship?\n\nA: Peru firmly opposes such visits. We have told France so often enough.",
            "PER",
        ),
    ],
)
def test_the_side_whose_stance_is_told_answers(coder: Coder, text: str, who: str) -> None:
    assert _speakers(coder, _answered(text)) in ({(who, "PER")}, {(who, "PER"), ("PER", "PER")})


def test_a_paper_that_asks_makes_no_statement(coder: Coder) -> None:
    text = f"Vega TV reporter: On Monday the ship was stopped off Peru. Any comment?\n\nAna Lind: {OPPOSED}"
    assert {who for who, _ in _speakers(coder, _answered(text))} == {"person:ana-lind"}


def test_whoever_only_asks_makes_no_statement(coder: Coder) -> None:
    text = (
        "Host: Welcome. Are there talks?\n\nPresident Biden: We will see what comes of it.\n\n"
        "Jo Vega: The ships have been there for a week. Will they leave?\n\nPresident Biden: They will leave Peru soon."
    )
    document = Document(text, published=DAY, kind="transcript", turns=find_turns(text))
    assert [turn.speaker for turn in document.turns][2] == "Jo Vega"
    assert _speakers(coder, document) == {("person:joe-biden", "USA")}


@pytest.mark.parametrize(
    "quoted",
    [
        "President Macron wrote this on Monday:\n\n“The island has belonged to our republic for many years.”",
        "Let me read you the post of President Macron. “The island has belonged to our republic for many years.”",
        "President Macron said, “The island has belonged to our republic for many years.”",
    ],
)
def test_what_an_answer_quotes_is_not_said_by_the_answering_side(coder: Coder, quoted: str) -> None:
    answer = f"We have seen the post about it.\n\n{quoted}\n\nThat is not how we see the matter here."
    document = _answered(f"Q: What about the island?\n\nA: {answer}", "https://www.mofa.go.jp/press/1")
    said = {
        document.text[made.content.start : made.content.end].strip("“”.")
        for made in coder.code(document).statements
        if made.side == "JPN"
    }
    assert "That is not how we see the matter here" in said
    assert not any("belonged" in words and "Macron" not in words for words in said), said


def test_a_turn_printed_in_quotation_marks_is_its_speakers(coder: Coder) -> None:
    said = "“The island has belonged to us for many years.”\n\n“Nothing has changed in that.”"
    text = f"Q: What about the island?\n\nA: {said}"
    assert len(coder.code(_answered(text, "https://www.mofa.go.jp/press/1")).statements) == 2
