"""Who said what, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.analysis import Analysis
from detente.coding.attribution import cue_of, find_attributions
from detente.coding.parse import analyse
from detente.records import Document, Turn


def attributed(text: str) -> Analysis:
    analysis = analyse(Document(text))
    analysis.attributions = find_attributions(analysis)
    return analysis


def triples(text: str) -> list[tuple[str, str, str]]:
    """(source, cue, content) as printed; content pieces joined by a bar."""
    analysis = attributed(text)

    def words(piece: tuple[int, int] | None) -> str:
        return analysis.span(*piece).text if piece else ""

    return [
        (words(a.source), words(a.cue), " | ".join(words(piece) for piece in a.content)) for a in analysis.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The Norwegian minister said the border would stay open.",
         "The Norwegian minister", "said", "the border would stay open"),
        ("The border would stay open, the Norwegian minister said.",
         "the Norwegian minister", "said", "The border would stay open"),
        ("According to the Danish navy, two ships had left the strait.",
         "the Danish navy", "According to", "two ships had left the strait"),
        ("Kenya accused Somalia of arming the rebels.", "Kenya", "accused", "Somalia of arming the rebels"),
        ("The envoy urged Lima to reopen the embassy.", "The envoy", "urged", "Lima to reopen the embassy"),
        ("Peru promised to return the ships.", "Peru", "promised", "to return the ships"),
        ("Officials struck a softer tone, stressing the need for calm.",
         "Officials", "stressing", "the need for calm"),
        ("The minister's claim that the truce had failed was wrong.",
         "The minister", "claim", "that the truce had failed"),
    ],
)  # fmt: skip
def test_constructions(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in triples(text)


def test_the_attributions_around_a_word_are_those_whose_content_holds_it() -> None:
    analysis = attributed('Oslo said that Lima had promised to return the ships. "Both," Quito added, "are late."')
    assert len(analysis.attributions) > 2
    for token in analysis.doc:
        holding = [
            number
            for number, one in enumerate(analysis.attributions)
            if any(start <= token.i < end for start, end in one.content)
        ]
        assert analysis.attributions_at(token.i) == holding


def test_a_quotation_before_an_inverted_cue() -> None:
    found = triples('"The talks went well," said Ingrid Berg, the head of the Bergen institute.')
    assert ("Ingrid Berg, the head of the Bergen institute", "said", '"The talks went well,"') in found


def test_a_split_quotation_and_the_sentences_after_it_have_one_speaker() -> None:
    (only,) = triples('"We met twice," Mr Okafor said. "There will be a third round. It is in June."')
    assert only[0] == "Mr Okafor"
    assert only[2].endswith('"There will be a third round. It is in June."')


def test_a_tag_after_a_question_that_ends_its_sentence() -> None:
    assert ("Mr Diaz", "asked", '"Who pays for it?"') in triples('"Who pays for it?" Mr Diaz asked.')


def test_a_colon_before_a_quotation() -> None:
    found = triples('The premier added: "We are patient."')
    assert found == [("The premier", "added", '"We are patient."')]


def test_the_inner_of_two_knows_the_outer() -> None:
    analysis = attributed("The Chilean ministry said Mora had told the envoy that the ties were strained.")
    outer, inner = analysis.attributions
    assert (outer.via, inner.via) == (None, 0)
    assert inner.addressee_root is not None
    assert analysis.doc[inner.addressee_root].text == "envoy"


def test_form_is_direct_indirect_or_mixed() -> None:
    analysis = attributed('"It is over," he said. He said it was over. He called the vote "a clear sign of trust".')
    assert [a.form for a in analysis.attributions] == ["direct", "indirect", "mixed"]


def test_a_participle_after_a_paper_belongs_to_whoever_issued_it() -> None:
    (only,) = triples("The embassy released a statement saying the visas were valid.")
    assert only[0] == "The embassy"


def test_speech_is_told_from_thought() -> None:
    analysis = attributed("The general said the road was clear. The general believed the road was clear.")
    cues = [cue_of(analysis, a) for a in analysis.attributions]
    assert [cue.speech for cue in cues if cue] == [True, False]


def test_what_the_quoted_report_of_others_stays_inside() -> None:
    assert len(triples('"Everybody says the ships have left," the captain said.')) == 1


def test_each_turn_of_a_transcript_is_one_attribution() -> None:
    text = "MS. LOPEZ: We signed the accord today.\nQ: When does it start?\n"
    turns = (Turn("MS. LOPEZ", 11, 38), Turn("Q", 42, 63))
    analysis = analyse(Document(text, kind="transcript", turns=turns))
    found = find_attributions(analysis)
    assert [(a.cue, a.form, analysis.span(*a.content[0]).text) for a in found] == [
        (None, "direct", "We signed the accord today"),
        (None, "direct", "When does it start?"),
    ]


def test_noise_of_cues_without_end_is_passed_over() -> None:
    # 1,500 words: whole pieces of the length at which the parser cuts an endless sentence.
    assert attributed("He said that " * 500).attributions == ()


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(['"', "he", "said", "that", "urged", "the", "ship", "sank", ",", ".", "by", "\n"]), max_size=25
    )
)
def test_ranges_lie_in_the_text_and_content_is_apart_from_source_and_cue(words: list[str]) -> None:
    analysis = attributed(" ".join(words) or "x")
    for a in analysis.attributions:
        covered = {i for piece in a.content for i in range(*piece)}
        assert covered and max(covered) < len(analysis.doc)
        for part in (a.source, a.cue):
            assert part is None or not covered & set(range(*part))
        assert a.via is None or a.via < len(analysis.attributions)
