"""Events end to end: type, sides, status, said-by, merging, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

PUBLISHED = date(2024, 5, 10)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def rules() -> Coder:
    return Coder(relation="rules")


def _events(coder: Coder, text: str, **more: str) -> list[Event]:
    return list(coder.code(Document(text, published=PUBLISHED, **more)).events)  # type: ignore[arg-type]


def _sides(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.actor.country or p.actor.id for p in event.actors}, {
        p.actor.country or p.actor.id for p in event.recipients
    }


@pytest.mark.parametrize(
    ("text", "kind", "status", "who", "whom"),
    [
        ("Norway expelled three Russian diplomats on Thursday.", "SANCTION", "happened", {"NOR"}, {"RUS"}),
        ("Three Russian diplomats were expelled by Norway on Thursday.", "SANCTION", "happened", {"NOR"}, {"RUS"}),
        ("Kenya will send food aid to Somalia next month.", "AGREE", "planned", {"KEN"}, {"SOM"}),
        ("Kenya sent food aid to Somalia last week.", "AID", "happened", {"KEN"}, {"SOM"}),
        ("Chile urged Bolivia to reopen the border.", "REQUEST", "happened", {"CHL"}, {"BOL"}),
        ("Chile refused to meet Bolivia.", "REJECT", "happened", {"CHL"}, {"BOL"}),
        ("Chile will not lift its tariffs on Peru.", "REJECT", "happened", {"CHL"}, {"PER"}),
        ("Rwanda threatened to attack Burundi.", "THREATEN", "happened", {"RWA"}, {"BDI"}),
        ("Greek fighter jets bombed a base in Albania on Monday.", "ASSAULT", "happened", {"GRC"}, {"ALB"}),
        ("Vietnam denied attacking Laos.", "ASSAULT", "denied", {"VNM"}, {"LAO"}),
        ("Vietnam condemned Laos for closing the dam.", "ACCUSE", "happened", {"VNM"}, {"LAO"}),
        ("Denmark lifted sanctions on Cuba on Monday.", "RETREAT", "happened", {"DNK"}, {"CUB"}),
        ("Peru recalled its ambassador from Mexico.", "SANCTION", "happened", {"PER"}, {"MEX"}),
        ("Sweden praised Uruguay for its election.", "SUPPORT", "happened", {"SWE"}, {"URY"}),
    ],
)
def test_type_status_and_sides(coder: Coder, text: str, kind: str, status: str, who: set[str], whom: set[str]) -> None:
    found = {(event.type, event.status, *map(frozenset, _sides(event))) for event in _events(coder, text)}
    assert (kind, status, frozenset(who), frozenset(whom)) in found


@pytest.mark.parametrize(
    ("text", "kind", "who", "whom"),
    [
        # The passive of a verb with two objects, or with a preposition.
        ("Laos was offered a credit line by Kenya.", "AGREE", {"KEN"}, {"LAO"}),
        ("A Peruvian novelist was given shelter by Sweden.", "AID", {"SWE"}, {"PER"}),
        ("Laos was supplied with tents by Kenya.", "AID", {"KEN"}, {"LAO"}),
        ("Kenya supplied Laos with tents.", "AID", {"KEN"}, {"LAO"}),
        ("Laos was visited by Kenyan senators.", "CONSULT", {"KEN"}, {"LAO"}),
        ("Laos was called upon by Kenya to free the fishermen.", "REQUEST", {"KEN"}, {"LAO"}),
        # Without an agent: a state's own means.
        ("Rwandan soldiers were stationed along the Burundian border.", "MOBILIZE", {"RWA"}, {"BDI"}),
        ("Rwandan soldiers were pulled out of Burundi.", "RETREAT", {"RWA"}, {"BDI"}),
        ("The Greek envoy was withdrawn from Albania.", "SANCTION", {"GRC"}, {"ALB"}),
        # Victims that are onlookers otherwise.
        ("Rwanda jailed a Burundian reporter.", "COERCE", {"RWA"}, {"BDI"}),
        ("Rwandan gunmen abducted a Burundian professor.", "ASSAULT", {"RWA"}, {"BDI"}),
        ("Rwanda pulled its soldiers out of Burundi.", "RETREAT", {"RWA"}, {"BDI"}),
        ("Rwanda removed its soldiers from Burundi.", "RETREAT", {"RWA"}, {"BDI"}),
        ("Sweden phoned Peru at noon.", "CONSULT", {"SWE"}, {"PER"}),
        ("Rwanda declared a naval blockade of Burundi.", "COERCE", {"RWA"}, {"BDI"}),
        ("Rwanda declared an economic blockade of Burundi.", "SANCTION", {"RWA"}, {"BDI"}),
        ("Sweden dismissed its case against Peru.", "CONCEDE", {"SWE"}, {"PER"}),
        ("Sweden made a promise of a grant to Peru.", "AGREE", {"SWE"}, {"PER"}),
        # Nouns.
        ("The retreat of Rwandan soldiers from Burundi continued.", "RETREAT", {"RWA"}, {"BDI"}),
        ("The detention of a Burundian reporter by Rwanda caused an outcry.", "COERCE", {"RWA"}, {"BDI"}),
        ("The extradition of a forger to Peru by Sweden went smoothly.", "COOPERATE", {"SWE"}, {"PER"}),
        ("Swedish arms deliveries to Peru continued.", "AID", {"SWE"}, {"PER"}),
        ("Greek students staged a protest outside the Albanian consulate.", "PROTEST", {"GRC"}, {"ALB"}),
        ("Greek pilots went on strike against Albania.", "PROTEST", {"GRC"}, {"ALB"}),
        # Both that are named.
        ("Rwanda occupied part of Burundi and Kenya.", "COERCE", {"RWA"}, {"BDI", "KEN"}),
        ("Sweden gave a promise of more money to Peru and Laos.", "AGREE", {"SWE"}, {"PER", "LAO"}),
    ],
)
def test_the_same_in_other_constructions(rules: Coder, text: str, kind: str, who: set[str], whom: set[str]) -> None:
    (event,) = _events(rules, text)
    assert (event.type, event.status, *_sides(event)) == (kind, "happened", who, whom)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An accord on fishing was reached between Norway and Chile.", "SUPPORT"),
        ("Ties were normalised between Norway and Chile.", "SUPPORT"),
        ("Norway's collaboration with Chile in the polar sea resumed.", "COOPERATE"),
        ("Norway and Chile staged a drill off Peru.", "COOPERATE"),
    ],
)
def test_what_two_do_together(rules: Coder, text: str, kind: str) -> None:
    (event,) = _events(rules, text)
    assert (event.type, event.reciprocal, _sides(event)) == (kind, True, ({"NOR", "CHL"}, set()))


def test_a_meeting_at_home_has_guest_and_host(coder: Coder) -> None:
    (event,) = _events(coder, "The foreign ministers of Norway and Chile met in Oslo on Tuesday.")
    assert (event.type, event.mode) == ("CONSULT", "visit")
    assert _sides(event) == ({"CHL"}, {"NOR"})


def test_a_meeting_elsewhere_is_mutual(coder: Coder) -> None:
    (event,) = _events(coder, "Norway and Chile held talks in Geneva on Tuesday.")
    assert event.reciprocal
    assert _sides(event) == ({"NOR", "CHL"}, set())


def test_what_a_source_claims_is_said_by_it(coder: Coder) -> None:
    found = _events(coder, "Norway said Chile had shelled a ship of the Norwegian navy.")
    (event,) = [event for event in found if event.type == "ASSAULT"]
    assert event.said_by is not None
    assert event.said_by.actor.country == "NOR"


def test_one_meeting_told_twice_is_one_event(coder: Coder) -> None:
    text = (
        "Norway's foreign minister holds talks in Chile\n\n"
        "Norwegian Foreign Minister Espen Barth Eide met Chilean Foreign Minister Alberto van Klaveren in Santiago on "
        "Thursday.\n\nThe talks between the two ministers lasted three hours, officials of both countries said."
    )
    meetings = [event for event in _events(coder, text) if event.act == "CONSULT"]
    assert len(meetings) == 1
    assert meetings[0].also


def test_a_topic_is_no_party(coder: Coder) -> None:
    events = _events(coder, "Norway told Chile on Monday that Bolivia was a difficult question.")
    assert all("BOL" not in side for event in events for side in _sides(event))


def test_a_dateline_does_not_hide_the_subject(coder: Coder) -> None:
    (event,) = _events(coder, "SANTIAGO, Chile, May 9 (Wire) — Peru and Chile signed a treaty on Thursday.")
    assert event.type == "SUPPORT"
    assert event.reciprocal


def test_nothing_happens_in_an_empty_text(coder: Coder) -> None:
    assert _events(coder, "") == []
    assert _events(coder, " \n\n ") == []


def test_spans_are_what_stands_in_the_text(coder: Coder) -> None:
    text = "“Norway’s ﬁrst response”: Oslo ex\u00adpelled three Russian diplo\u00admats,\u00a0it said."
    for event in _events(coder, text):
        for span in (event.evidence, event.trigger, *(p.span for p in (*event.actors, *event.recipients))):
            assert text[span.start : span.end] == span.text


def test_the_same_text_gives_the_same_records(coder: Coder) -> None:
    text = "Norway expelled three Russian diplomats on Thursday. Russia promised to respond."
    assert [e.to_dict() for e in _events(coder, text)] == [e.to_dict() for e in _events(coder, text)]
    assert [Event.from_dict(e.to_dict()) for e in _events(coder, text)] == _events(coder, text)


def test_in_a_story_of_two_states_a_refusal_is_towards_the_other(coder: Coder) -> None:
    text = (
        "Peru expelled two Chilean diplomats on Monday.\n\nChile called the step an insult and demanded an apology "
        "from Peru.\n\nPeruvian officials said Chile had spied on Peru.\n\nThe Chilean foreign ministry rejected the "
        "accusation."
    )
    found = [event for event in _events(coder, text) if event.type == "REJECT"]
    assert [_sides(event) for event in found] == [({"CHL"}, {"PER"})]


@pytest.mark.parametrize(
    "text",
    [
        "Norway is mobilising the private sector against the flood.",
        "Norway's cabinet is executing a plan for Oslo.",
        "The leaders of Norway and Chile underscored their commitment to the charter.",
        "The Norwegian opposition does not reject the budget.",
    ],
)
def test_words_of_force_and_of_courtesy_alone_are_no_events(coder: Coder, text: str) -> None:
    assert _events(coder, text) == []


def test_a_guest_who_is_welcomed_visits_whatever_the_model_says(coder: Coder) -> None:
    """The tables have "welcome" for deeds too; with a person as its object the grammar allows the visit alone."""
    for text in (
        "President Mattarella welcomed Chancellor Olaf Scholz of Germany to the palace on Thursday.",
        "President Ramaphosa welcomed President Hassan of Tanzania to Pretoria.",
    ):
        (event,) = _events(coder, text)
        assert (event.type, event.mode) == ("CONSULT", "visit")


def test_a_list_of_leaders_goes_on_past_brackets_and_long_names(coder: Coder) -> None:
    text = (
        "Chancellor Olaf Scholz met on Thursday with President Félix Tshisekedi of the Democratic Republic of the "
        "Congo (DRC), President William Ruto of Kenya, President Hakainde Hichilema of Zambia, and President Samia "
        "Suluhu Hassan of Tanzania to discuss debt."
    )
    (event,) = [one for one in _events(coder, text) if one.type == "CONSULT"]
    assert {p.actor.country for p in (*event.actors, *event.recipients)} == {"DEU", "COD", "KEN", "ZMB", "TZA"}


def test_a_journey_and_a_meeting_on_it_keep_whom_he_met(coder: Coder) -> None:
    text = (
        "Turkish Foreign Minister Hakan Fidan flew to Athens on Thursday. "
        "Fidan met Foreign Minister George Gerapetritis."
    )
    (met,) = _events(coder, text)
    people = {p.actor.name for p in (*met.actors, *met.recipients)}
    assert people == {"Hakan Fidan", "George Gerapetritis"}
    assert met.date is not None and met.date.start == date(2024, 5, 9) and met.place is not None
