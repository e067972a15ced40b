from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from detente.coding import Coder
from detente.coding.question import DIRECTIONS, NONE, Question, types
from detente.coding.relation import Reading
from detente.errors import TableError
from detente.evaluation.behaviour import evaluate, intended, is_right, score
from detente.evaluation.behaviour_cases import CHECKS, FUTURES, NEGATIONS, Case, make_cases
from detente.evaluation.behaviour_frames import COLUMNS, Frame, Side, countries, office_holders, read_frames, render
from detente.evaluation.behaviour_relation import read_relations
from detente.lexicon.triggers import VerbRule, load_triggers
from detente.ontology import load_ontology
from detente.records import STATUSES, Actor, Document, Event, Participant, Span

FRAMES = read_frames()
KENYA = Side(("Kenya",), "Kenyan", ("KEN",))
BAHAMAS = Side(("the Bahamas",), "Bahamian", ("BHS",))
OMAN = Side(("Oman",), "Omani", ("OMN",))


def frame(name: str) -> Frame:
    (found,) = (frame for frame in FRAMES if frame.name == name)
    return found


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_there_are_frames_in_several_forms_for_every_type() -> None:
    for kind in load_ontology().types:
        forms = [frame.form for frame in FRAMES if frame.type == kind]
        assert len(forms) >= 6
        assert {"active", "passive"} <= set(forms)


def rules(verb: str) -> list[VerbRule]:
    lemma, _, particle = verb.partition(" ")
    return [rule for rule in load_triggers().verbs.get(lemma, ()) if rule.particle == particle]


@pytest.mark.parametrize("frame", [f for f in FRAMES if f.synonyms], ids=lambda frame: frame.name)
def test_synonyms_have_type_and_mode_of_the_verb_in_the_trigger_table(frame: Frame) -> None:
    own = {rule.mode for rule in rules(frame.verb.base) if rule.type == frame.type}
    for verb in frame.synonyms:
        assert own & {rule.mode for rule in rules(verb.base) if rule.type == frame.type}, verb.base


def test_a_frame_is_filled_and_its_parts_are_found_again() -> None:
    sentence = render(frame("ACCUSE accuse active"), BAHAMAS, KENYA)
    assert sentence.text == "The Bahamas accused Kenya of dumping waste in the lake."
    marked = {letter: sentence.text[start:end] for letter, (start, end) in sentence.ranges.items()}
    assert marked == {"A": "The Bahamas", "E": "accused", "B": "Kenya"}
    assert sentence.labels == {"BHS": "A", "KEN": "B"}


@pytest.mark.parametrize(
    ("name", "helper", "text"),
    [
        ("ACCUSE sue active", NEGATIONS[0][0], "Kenya did not sue Oman before an international court."),
        ("ACCUSE sue passive", NEGATIONS[0][1], "Oman was not sued by Kenya before an international court."),
        ("ACCUSE sue passive", NEGATIONS[2][1], "Oman has not been sued by Kenya before an international court."),
        ("RETREAT pullout passive", FUTURES[1][1], "Kenyan troops are to be withdrawn from Oman."),
        ("REJECT cancel active", FUTURES[1][0], "Kenya plans to cancel talks with Oman."),
    ],
)
def test_verbs_are_put_as_english_has_them(name: str, helper: str, text: str) -> None:
    assert render(frame(name), KENYA, OMAN, helper).text == text


def test_two_on_one_side_take_a_plural_verb_and_each_has_its_place() -> None:
    both = Side(("Oman", "the Bahamas"), "Omani", ("OMN", "BHS"))
    sentence = render(frame("SUPPORT thank passive"), KENYA, both)
    assert sentence.text == "Oman and the Bahamas were thanked by Kenya for the quick reply."
    assert sentence.text[slice(*sentence.ranges["C"])] == "the Bahamas"
    assert sentence.labels == {"KEN": "A", "OMN": "B", "BHS": "C"}


def test_articles_fit_the_word_after_them() -> None:
    assert "an Omani pianist" in render(frame("AID asylum active"), KENYA, OMAN).text
    after = render(frame("AID weapons passive"), KENYA, OMAN, around=("On Friday, ", "")).text
    assert after == "On Friday, howitzers were delivered to Oman by Kenya."


def test_holders_are_named_on_a_day_in_office() -> None:
    (macron,) = (s for s in office_holders()["FRA", "President"] if s.labels == ("Emmanuel Macron",))
    assert macron.names == ("French President Emmanuel Macron",)
    assert macron.day.year == 2017


def test_names_with_an_article_get_one() -> None:
    names = {side.names[0] for side in countries()}
    assert {"the United Arab Emirates", "the Netherlands", "the Gambia", "the Solomon Islands", "Kenya"} <= names


def test_every_check_has_two_hundred_cases_and_they_are_always_the_same() -> None:
    cases = list(make_cases(FRAMES))
    for check in CHECKS:
        texts = [case.base.text + case.changed.text for case in cases if case.check == check]
        assert len(set(texts)) >= 200
    again = list(make_cases(FRAMES, checks=["directed.swap"]))
    assert again == [case for case in cases if case.check == "directed.swap"]


def case(check: str, name: str, how: str = "") -> Case:
    sentence = render(frame(name), KENYA, OMAN)
    return Case(check, frame(name), sentence, sentence, how)


def test_cooperation_to_come_must_be_a_planned_agreement() -> None:
    one = case("directed.future", "AID food active", "planned")
    assert is_right(one, frozenset({("AGREE", "planned", "A", "B", False)}))
    assert not is_right(one, frozenset({("AGREE", "possible", "A", "B", False)}))
    assert not is_right(one, frozenset({("AID", "planned", "A", "B", False)}))
    assert not is_right(one, frozenset({("AGREE", "planned", "B", "A", False)}))
    meeting = case("directed.future", "CONSULT meet active", "planned")
    assert is_right(meeting, frozenset({("AGREE", "planned", "A", "B", False)}))


def test_what_is_negated_did_not_happen() -> None:
    one = case("directed.negation", "AID food active", "did not {base}")
    assert is_right(one, frozenset())
    assert is_right(one, frozenset({("AID", "denied", "A", "B", False)}))
    assert not is_right(one, frozenset({("AID", "happened", "A", "B", False)}))
    refusal = frozenset({("REJECT", "happened", "A", "B", False)})
    assert not is_right(one, refusal)
    assert is_right(case("directed.negation", "AID food active", "will not {base}"), refusal)
    assert not is_right(case("directed.negation", "REJECT reject active", "will not {base}"), refusal)


def test_who_stands_beside_the_actor_acts_too_and_not_on_him() -> None:
    one = case("directed.joint_actors", "ACCUSE accuse active")
    both = intended(one.frame) | {("ACCUSE", "happened", "C", "B", False)}
    assert is_right(one, both)
    assert not is_right(one, both | {("ACCUSE", "happened", "A", "C", False)})
    assert not is_right(one, intended(one.frame))


@dataclass(frozen=True)
class Coded:
    events: tuple[Event, ...]
    statements: tuple[()] = ()
    analysis: Any = None


@dataclass(frozen=True)
class FirstActs:
    """A coder for which whoever is named first has accused whoever is named second, whatever the verb."""

    relation: Any = None

    def code(self, document: Document) -> Coded:
        codes = {side.names[0].lower(): side.labels[0] for side in countries()}
        longest = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
        named = list(re.finditer(rf"\b(?:{longest})\b", document.text.lower()))
        start, one, other = named[0].start(), codes[named[0][0]], codes[named[-1][0]]
        span = Span(document.id, start, start + 1, document.text[start])
        sides = [(Participant(Actor(code, code, code), span),) for code in (one, other)]
        return Coded(
            (
                Event(
                    document=document.id,
                    sentence=0,
                    type="ACCUSE",
                    mode=None,
                    contexts=(),
                    status="happened",
                    actors=sides[0],
                    recipients=sides[1],
                    reciprocal=False,
                    date=None,
                    place=None,
                    said_by=None,
                    evidence=span,
                    trigger=span,
                    cameo=None,
                    quad="verbal conflict",
                    quad_scheme="plover",
                    score=None,
                    confidence=0.5,
                    coder="test",
                ),
            )
        )


ACTIVE = "accuse\tACCUSE\tforward\tactive\t\tblamed|blame\t{A} [accused|accuse] {B} of theft."
PASSIVE = "accuse\tACCUSE\tforward\tpassive\t\t\t{B} [was] *accused* of theft by {A}."


def test_the_rates_tell_what_a_coder_heeds(tmp_path: Path) -> None:
    report = evaluate(FirstActs(), table(tmp_path / "frames.tsv", ACTIVE, PASSIVE), wanted=20)
    figures = report.figures
    # The names and the verb of an active sentence, yes; the passive, the negation and the future, no.
    assert figures["base.coverage.active"] > 0.9
    assert figures["base.coverage.passive"] < 0.1
    assert figures["directed.swap"] > 0.9
    assert figures["invariance.synonym"] > 0.9
    assert figures["n.invariance.synonym"] >= 15
    assert figures["invariance.passive"] < 0.1
    assert figures["directed.negation"] == figures["directed.future"] == 0
    assert any(miss.startswith("directed.negation") and " | " in miss for miss in report.misses)
    assert not any(name.startswith("relation.") for name in figures)


@dataclass(frozen=True)
class Deaf:
    """A relation model that always gives the same answer."""

    type: str = "ACCUSE"
    direction: str = "forward"
    status: str = "happened"

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        def sure(names: Sequence[str], name: str) -> dict[str, float]:
            return {one: float(one == name) for one in names}

        one = Reading(sure(types(), self.type), {}, sure(DIRECTIONS, self.direction), sure(STATUSES, self.status), {})
        return [one] * len(questions)


def test_the_relation_model_is_asked_by_itself(tmp_path: Path) -> None:
    cases = list(make_cases(read_frames(table(tmp_path / "frames.tsv", ACTIVE, PASSIVE)), wanted=10))
    figures, rows = read_relations(FirstActs(Deaf()), cases)
    assert len(rows) == len(cases)
    assert figures["relation.base.coverage"] == figures["relation.names"] == figures["relation.passive"] == 1
    assert figures["relation.swap"] == figures["relation.negation"] == figures["relation.joint_actors"] == 0
    figures, _ = read_relations(FirstActs(Deaf(NONE, "none")), cases)
    assert figures["relation.base.coverage"] == figures["n.relation.names"] == 0


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ACTIVE.replace("ACCUSE", "BLAME"), "line 2: unknown type 'BLAME'"),
        (ACTIVE.replace("[accused|accuse]", "accused"), r"line 2: the sentence needs one \[verb\], {A} and {B}"),
        (ACTIVE.replace("{B}", "Chad"), r"line 2: the sentence needs one \[verb\], {A} and {B}"),
    ],
)
def test_a_bad_frame_is_named(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(TableError, match=fault):
        read_frames(table(tmp_path / "frames.tsv", row))


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize(
    ("check", "least"), [("invariance.names", 0.95), ("directed.negation", 0.95), ("directed.future", 0.95)]
)
def test_the_coder_keeps_what_it_should_keep(coder: Coder, check: str, least: float) -> None:
    cases = list(make_cases(FRAMES, 200, [check]))[:200]
    kept = [row["right"] for row in score(coder, cases) if row["base_right"]]
    assert len(kept) >= 150
    assert sum(kept) / len(kept) >= least
