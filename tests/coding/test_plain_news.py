"""Plain news and readouts: names and titles as papers and ministries write them, and what tells an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.coding import Coder
from detente.records import Document, Event

DAY = date(2024, 5, 14)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def events(coder: Coder) -> Callable[..., tuple[Event, ...]]:
    def code(text: str, kind: str = "news", issuer: str | None = None, day: date = DAY) -> tuple[Event, ...]:
        return coder.code(Document(text, published=day, kind=kind, issuer=issuer)).events  # type: ignore[arg-type]

    return code


def sides(event: Event) -> tuple[set[str], set[str]]:
    return {p.actor.name for p in event.actors}, {p.actor.name for p in event.recipients}


def parties(event: Event) -> set[str]:
    return set.union(*sides(event))


@pytest.mark.parametrize(
    ("text", "day", "who"),
    [
        # The name He is no pronoun, and begins no sentence.
        (
            "French Finance Minister Bruno Le Maire and Chinese Vice Premier Liu He met on Thursday in Lyon.",
            date(2019, 3, 7),
            {"Bruno Le Maire", "Liu He"},
        ),
        # An ambassador with country and host behind the name.
        (
            "Foreign Minister Yoko Kamikawa met on 8 May in Tokyo with Rahm Emanuel, Ambassador of the United States "
            "to Japan.",
            DAY,
            {"Yoko Kamikawa", "Rahm Emanuel"},
        ),
        # A ministry of two fields before the name.
        (
            "Minister of Labour and Social Protection Olena Koval of Ukraine met Minister for Tourism and Trade Ana "
            "Ruiz of Peru.",
            DAY,
            {"Olena Koval", "Ana Ruiz"},
        ),
        # Several titles before one name.
        (
            "Defence Minister Jonas Berg of Norway met Politburo Member, Director of the Office of the Central Foreign "
            "Affairs Commission, and Foreign Minister Wang Yi in Oslo.",
            DAY,
            {"Jonas Berg", "Wang Yi"},
        ),
        # A first name that the tables do not have makes a surname that of another.
        (
            "Lorna Kishida, a Kenyan envoy, received Peruvian Defence Minister Jorge Vega on Monday.",
            date(2023, 5, 9),
            {"Lorna Kishida", "Jorge Vega"},
        ),
        # The parser tears the first of two subjects off.
        (
            "Special Presidential Envoy for Climate John Kerry and Brazil's Special Envoy for Climate Change Luiz "
            "Prado met at Belem, Brazil, on 3 May.",
            DAY,
            {"John Kerry", "Luiz Prado"},
        ),
    ],
)
def test_names_and_titles(events: Callable[..., tuple[Event, ...]], text: str, day: date, who: set[str]) -> None:
    (event,) = events(text, day=day)
    assert event.type == "CONSULT" and parties(event) == who


def test_a_pronoun_he_stays_one(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Norwegian Foreign Minister Espen Barth Eide arrived in Lima. "
        "He met Peruvian President Dina Boluarte on Monday.",
    )
    assert any(parties(event) == {"Espen Barth Eide", "Dina Boluarte"} for event in told)


def test_whoever_invites_a_visitor_does_not_travel(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "At the invitation of Egyptian Foreign Minister Sameh Shoukry, Retno Marsudi, Minister of Foreign Affairs of "
        "Indonesia and envoy for the region, visited Egypt on 12 May.",
        kind="readout",
        issuer="Indonesia",
    )
    assert {"Retno Marsudi"} in [sides(event)[0] for event in told]


def test_the_secretary_of_a_readout(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Secretary of State Antony J. Blinken met Foreign Minister Yoko Kamikawa of Japan in Tokyo.\n\n"
        "The Secretary invited Foreign Minister Kamikawa to Washington.",
        kind="readout",
        issuer="United States",
    )
    assert ({"Antony Blinken"}, {"Yoko Kamikawa"}) in [sides(event) for event in told if event.type == "AGREE"]


def test_the_minister_of_a_readout_is_the_issuers_own(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Foreign Minister Penny Wong met Foreign Minister Retno Marsudi of Indonesia.\n\n"
        "The Minister thanked Indonesia for its help.",
        kind="readout",
        issuer="Australia",
    )
    assert {"Penny Wong"} in [sides(event)[0] for event in told if event.type == "SUPPORT"]


@pytest.mark.parametrize(
    "text",
    [
        "In Geneva the foreign minister of Peru had an informal contact with the foreign minister of Chile.",
        "Kenya and Uganda had an exchange of views on the dam.",
        "Norway held in-depth communication with Finland on the border.",
    ],
)
def test_contacts_that_were_had(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    assert [event.type for event in events(text)] == ["CONSULT"]


def test_a_list_of_ministers_is_of_one_country(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events(
        "Minister Balakrishnan called on Kenyan Prime Cabinet Secretary Musalia Mudavadi, Minister of Transport James "
        "Karanja, and Minister of Defence John Kamau on Monday.",
        kind="statement",
        issuer="Singapore",
    )
    assert {p.actor.country for p in event.recipients or event.actors[1:]} == {"KEN"}


STORY = (
    "Uganda and Kenya have quarrelled over Kenya's dam. Uganda wants water, and Kenya power. "
    "Uganda's papers often write of Kenyan Water Minister Ann Njoroge. "
)


@pytest.mark.parametrize(
    ("text", "kind", "who", "whom"),
    [
        # In a story of two states words to nobody named are for the other.
        ("Uganda voiced strong dissatisfaction.", "ACCUSE", "UGA", "KEN"),
        ("Kenya has not agreed to the plan.", "REJECT", "KEN", "UGA"),
        ("Solemn representations have been made to Kenya.", "ACCUSE", "UGA", "KEN"),
        ("Kenya was urged to stop work on the dam.", "REQUEST", "UGA", "KEN"),
        ("Njoroge ended three days of talks in Kampala on Friday.", "CONSULT", "KEN", "UGA"),
        ("Njoroge came to Kampala in early May.", "CONSULT", "KEN", "UGA"),
        ("Njoroge's journey to Kampala ended on Friday.", "CONSULT", "KEN", "UGA"),
    ],
)
def test_the_other_of_two(events: Callable[..., tuple[Event, ...]], text: str, kind: str, who: str, whom: str) -> None:
    told = [event for event in events(STORY + text) if event.evidence.start >= len(STORY) - 1]
    assert [(e.type, e.actors[0].actor.country, e.recipients[0].actor.country) for e in told] == [(kind, who, whom)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said that more was to come.",
        "Uganda agreed that there was scope for more.",
        "Kenya was urged by visitors to stop work on the dam.",
        "Uganda expressed concern about the weather.",
    ],
)
def test_not_all_words_are_for_the_other(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    assert not [event for event in events(STORY + text) if event.evidence.start >= len(STORY) - 1]


def test_talks_taken_up_again_are_told_once(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events(
        "Foreign Minister Penny Wong met Foreign Minister Retno Marsudi in Jakarta on Sunday.\n\n"
        "The talks were candid and substantive. The meeting lasted two hours.",
        kind="readout",
        issuer="Australia",
    )
    assert [span.text for span in event.also] == [
        "The talks were candid and substantive.",
        "The meeting lasted two hours.",
    ]


def test_the_side_of_a_readout_calls_on_the_other(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Foreign Minister Penny Wong met Foreign Minister Retno Marsudi in Jakarta on Sunday.\n\n"
        "The Australian side called for more openness.",
        kind="readout",
        issuer="Australia",
    )
    assert [e.recipients[0].actor.country for e in told if e.type == "REQUEST"] == ["IDN"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Annalena Baerbock and Penny Wong saw each other in Suva last week.", {"Annalena Baerbock", "Penny Wong"}),
        ("Annalena Baerbock and Penny Wong sat face to face on Monday.", {"Annalena Baerbock", "Penny Wong"}),
        (
            "Annalena Baerbock spent an evening with Japanese minister Yoko Kamikawa.",
            {"Annalena Baerbock", "Yoko Kamikawa"},
        ),
        ("Penny Wong told Retno Marsudi by telephone that the plan was unwise.", {"Penny Wong", "Retno Marsudi"}),
        ("On Sunday Penny Wong spent five hours in talks with Retno Marsudi.", {"Penny Wong", "Retno Marsudi"}),
        ("Penny Wong sat for three hours with Retno Marsudi.", {"Penny Wong", "Retno Marsudi"}),
    ],
)
def test_meetings_told_by_plain_verbs(events: Callable[..., tuple[Event, ...]], text: str, who: set[str]) -> None:
    (event,) = events(text)
    assert event.type == "CONSULT" and parties(event) == who


def test_states_before_a_noun_are_both_parties_and_no_place(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events("Progress was made in the Japan-Australia meeting on trade.")
    assert {p.actor.country for p in event.actors} == {"JPN", "AUS"} and event.place is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Penny Wong and Retno Marsudi had discussions on Russia's war in Ukraine.", None),
        ("Penny Wong and Retno Marsudi spoke about the situation in Myanmar.", None),
        ("Penny Wong met Retno Marsudi after the summit in Bali.", None),
        ("Penny Wong met Retno Marsudi at the summit in Bali.", "Bali"),
        ("China broke off talks with Chile over Patrick Mulder's visit to Taiwan.", None),
    ],
)
def test_where_other_things_are_is_not_where_they_met(
    events: Callable[..., tuple[Event, ...]], text: str, place: str | None
) -> None:
    told = [event.place.name if event.place else None for event in events(text)]
    assert told[:1] == [place]


def test_a_promise_of_not_doing(events: Callable[..., tuple[Event, ...]]) -> None:
    assert all(e.status == "denied" for e in events("Chile must keep its promise of not supporting Peru's rebels."))


def test_who_speaks_after_a_meeting_had_it(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events('"We need more time," Foreign Minister Penny Wong said after a meeting with Retno Marsudi.')
    assert event.type == "CONSULT" and parties(event) == {"Penny Wong", "Retno Marsudi"}


def test_what_is_answered_is_not_towards_whom(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("Bolivia cancelled three rounds of talks in reply to a trip to Peru by the Chilean president.")
    assert all({p.actor.country for p in e.recipients} != {"PER"} for e in told if e.type == "REJECT")


def test_who_is_led_to_put_something_off(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("The row led Foreign Minister Penny Wong on Friday to postpone a visit to Jakarta.")
    assert (["Penny Wong"], ["Indonesia"]) in [
        ([p.actor.name for p in e.actors], [p.actor.name for p in e.recipients]) for e in told if e.type == "REJECT"
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The Indonesian side should lift the ban at once.", [("AUS", "IDN")]),
        ("Indonesia must not support the rebels.", [("AUS", "IDN")]),
        ("Australia should be strong.", []),
        ("Both sides should work together.", []),
        ("Retno Marsudi said that Indonesia should rest.", []),
    ],
)
def test_demands_in_a_governments_own_words(
    events: Callable[..., tuple[Event, ...]], sentence: str, wanted: list[tuple[str, str]]
) -> None:
    told = events(
        f"Foreign Minister Penny Wong met Foreign Minister Retno Marsudi of Indonesia on Sunday.\n\n{sentence}",
        kind="readout",
        issuer="Australia",
    )
    assert [(e.actors[0].actor.country, e.recipients[0].actor.country) for e in told if e.type == "REQUEST"] == wanted


def test_a_ministry_is_none_of_a_state_of_departments(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Cuba lodged a protest with the United States on Sunday. The foreign ministry voiced strong dissatisfaction. "
        "The United States had seized a Cuban boat. Cuba is angry with the United States."
    )
    assert {("CUB", "USA")} == {
        (e.actors[0].actor.country, e.recipients[0].actor.country) for e in told if e.type == "ACCUSE"
    }


def test_what_lay_behind_has_a_day_and_place_of_its_own(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Foreign ministers Penny Wong and Retno Marsudi met on Monday in Suva, less than a month after they had sat "
        "together in Jakarta."
    )
    assert [(e.place.name if e.place else None, e.date.end if e.date else None) for e in told] == [
        ("Suva", date(2024, 5, 13)),
        ("Jakarta", date(2024, 5, 12)),
    ]


def test_the_channel_between_them(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Penny Wong and Retno Marsudi spoke on Monday about Ukraine and Taiwan. "
        "They agreed to keep the channel between them in use.",
        kind="readout",
        issuer="Australia",
    )
    assert [parties(e) for e in told if e.type == "AGREE"] == [{"Penny Wong", "Retno Marsudi"}]


def test_our_of_a_spokesman_is_his_state(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events('"Peru has declined our request," Kenyan government spokesman Isaac Mwaura said on Friday.')
    assert (event.type, sides(event)) == ("REJECT", ({"Peru"}, {"Kenya"}))


def test_a_question_asks_for_nothing(events: Callable[..., tuple[Event, ...]]) -> None:
    assert not events("Chilean ambassador Ana Soto asked on Friday whether Peru's minister was under arrest.")


def test_a_state_before_what_is_its_own_is_no_place(events: Callable[..., tuple[Event, ...]]) -> None:
    (event,) = events("Peru told Chile to stop its interference in Peru's internal affairs.")
    assert event.place is None


def test_a_call_on_a_state_to_act(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events("Penny Wong and Retno Marsudi met on Monday. They called on Russia to de-escalate tensions.")
    assert [e.recipients[0].actor.country for e in told if e.type == "REQUEST"] == ["RUS"]


def test_a_sheikh_is_called_by_his_first_name(events: Callable[..., tuple[Event, ...]]) -> None:
    told = events(
        "Sheikh Mohammed bin Abdulrahman Al Thani, the prime minister of Qatar, visited Oslo on Monday. "
        "Sheikh Mohammed called on Norwegian Prime Minister Jonas Gahr Store."
    )
    assert all("Mohammed VI" not in name for event in told for name in parties(event))


@pytest.mark.parametrize(
    "text",
    [
        "Hungary seriously damages the legitimate rights and interests of Ukrainian companies.",
        "Turkey said that Greece harms the interests of Turkish fishermen.",
        "Serbia sabotaged the stability of Kosovo.",
        "Chile hurt the reputation of Peruvian growers.",
        "The minister said that the ruling of Panama hurt Colombia.",
        "Uganda harmed Kenya by the delay.",
    ],
)
def test_harm_to_what_has_no_body_is_no_assault(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    assert not [event for event in events(text) if event.type == "ASSAULT"]


def test_harm_to_people_and_things_is_an_assault(events: Callable[..., tuple[Event, ...]]) -> None:
    for text in ("Colombian troops hurt two Venezuelan soldiers.", "Azerbaijan damaged an Armenian tank on Monday."):
        assert [event.type for event in events(text)] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Canada announced that it would end the tariffs it imposed on Chinese steel.",
        "Norway criticised the sanctions that Russia imposed on Finland.",
        "The embargo placed on Qatar by Saudi Arabia hurt trade.",
        "Officials spoke about the Hungarian ships seized by Iran.",
        "Chile kept in place the sanctions it imposed on Bolivia years ago.",
    ],
)
def test_a_measure_known_already_lies_behind(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    (measure,) = (event for event in events(text) if event.type in ("SANCTION", "COERCE"))
    assert measure.status == "historical"
    assert measure.date is not None and measure.date.end is not None and measure.date.end < DAY


@pytest.mark.parametrize(
    "text",
    [
        "Latvia condemned the new sanctions that Russia imposed on Estonia.",
        "The tariffs that India imposed on Pakistan today cover rice.",
        "Poland imposed sanctions on Belarus.",
    ],
)
def test_a_new_measure_is_news(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    (measure,) = (event for event in events(text) if event.type in ("SANCTION", "COERCE"))
    assert measure.status == "happened" and measure.date is not None and measure.date.end == DAY


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "The Indian leader of the border talks, Foreign Secretary Vikram Misri, met Nepal's ambassador.",
            {"Vikram Misri", "Nepali ambassador"},
        ),
        ("The Kenyan leader met the Somali ambassador.", {"William Ruto", "Somali ambassador"}),
        (
            "The president of neighbouring Chad met the Sudanese ambassador.",
            {"Mahamat Idriss Deby", "Sudanese ambassador"},
        ),
        ("The Libyan rebel leader met the Egyptian ambassador.", {"Libyan rebel", "Egyptian ambassador"}),
        ("The Hamas leader met the Turkish ambassador.", {"Hamas", "Turkish ambassador"}),
        ("The Toyota president met the Mexican ambassador.", {"Toyota", "Mexican ambassador"}),
        ("The Chechen leader met the Iranian ambassador.", {"Russian leader", "Iranian ambassador"}),
        (
            "The president of the Palestinian Authority met the Jordanian ambassador.",
            {"Mahmoud Abbas", "Jordanian ambassador"},
        ),
    ],
)
def test_whose_head_a_title_is(events: Callable[..., tuple[Event, ...]], text: str, who: set[str]) -> None:
    (meeting,) = events(text)
    assert parties(meeting) == who


@pytest.mark.parametrize(
    "text",
    [
        "The president of the Brazilian chamber of commerce condemned China.",
        "The president of the French football federation condemned Italy.",
        "The president of the state senate condemned Japan.",
        "In Lisbon the company's president condemned Vietnam.",
        "The Russian president of the company condemned India.",
        "Portugal was quiet. The university's president condemned Hungary.",
        "Harvard President Claudine Gay condemned China.",
        "Russia was quiet. The leader of the Wagner group condemned Ukraine.",
        "Spain was quiet. The president of Catalonia condemned Slovenia.",
        "Kari Lind, the president of the city council, condemned Denmark.",
        "Brazilian chamber of commerce president Ana Ruiz condemned China.",
        "The Toyota president condemned Mexico. It said its president condemned Peru.",
    ],
)
def test_the_head_of_a_body_is_no_head_of_state(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    states = [p.actor for event in events(text) for p in event.actors if p.actor.level or p.actor.id == p.actor.country]
    assert not states


def test_whose_word_is_to_be_kept(events: Callable[..., tuple[Event, ...]]) -> None:
    text = "Turkey asked Greece to honour its commitment of not supporting Cyprus."
    backing = [event for event in events(text) if event.type == "SUPPORT"]
    assert all(event.status == "denied" and sides(event)[0] == {"Greece"} for event in backing)
    assert not [e for e in events("Nepal honoured its pledge of not supporting India.") if e.status == "happened"]
    assert [e.type for e in events("Japan honoured the Indian prime minister with a dinner.")] == ["SUPPORT"]


@pytest.mark.parametrize(
    "text",
    [
        "On May 11, Vice Premier He Lifeng and Treasury Secretary Janet Yellen held talks in Vienna, Austria.",
        "Vice Premier He Lifeng and Treasury Secretary Janet Yellen met in Vienna on Saturday.",
    ],
)
def test_two_names_with_titles_are_two_sides(events: Callable[..., tuple[Event, ...]], text: str) -> None:
    (event,) = events(text)
    assert sides(event)[0] == {"He Lifeng", "Janet Yellen"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Trade talks between China and the United States were held in Vienna on Saturday. China was represented by "
            "Vice Premier He Lifeng, the United States by Treasury Secretary Janet Yellen.",
            {"He Lifeng", "Janet Yellen"},
        ),
        (
            "The Chinese and American delegations met in Vienna on Saturday. Vice Premier He Lifeng led the Chinese "
            "delegation.",
            {"He Lifeng", "American delegation"},
        ),
        (
            "The Chinese and American delegations met in Vienna on Saturday. Vice Premier He Lifeng spoke of the rain.",
            {"Chinese delegation", "American delegation"},
        ),
    ],
)
def test_who_led_a_side_is_told_after_the_talks(
    events: Callable[..., tuple[Event, ...]], text: str, who: set[str]
) -> None:
    (talks,) = [event for event in events(text) if event.place and event.place.name == "Vienna"]
    assert sides(talks)[0] | sides(talks)[1] == who
