"""The pipeline: quicker than spaCy's own, and the same."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from detente.coding.pipeline import KnownTokens, installed, load_pipeline, one_thread
from detente.coding.surface import surface_of

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").rglob("*.txt"))
# Rules of one token and of two, of words, tags and dependencies; the whole text is parsed again, so that kinds of
# token are met that are known already.
TRICKY = (
    "They're gonna say it ain't so. Let's go: y'all c'mon! There 's nothing, there are none.\n\n"
    "That he'd better have gotta leave, that's what the others' envoys themselves said; mine is hers.\n"
)


def test_ruler_gives_what_spacys_own_gives() -> None:
    slow = spacy.load(installed())
    own, quick = slow.get_pipe("attribute_ruler"), load_pipeline().get_pipe("attribute_ruler")
    assert isinstance(own, AttributeRuler) and isinstance(quick, KnownTokens)
    assert quick.patterns == own.patterns
    compared = 0
    for text in [TRICKY, TRICKY, *(surface_of(path.read_text(encoding="utf-8")).text for path in EXAMPLES)]:
        plain = slow.make_doc(text)
        for name, pipe in slow.pipeline:
            if name == "attribute_ruler":
                break
            plain = pipe(plain)
        assert quick.match(plain) == own.match(plain)
        compared += len(plain)
    assert compared > 5000


def test_ruler_learns_of_rules_added_later() -> None:
    nlp = spacy.blank("en")
    ruler = KnownTokens(nlp.vocab)
    ruler.add([[{"LOWER": "envoy"}]], {"LEMMA": "legate"})
    assert [token.lemma_ for token in ruler(nlp("An Envoy left"))] == ["", "legate", ""]
    ruler.add([[{"LOWER": "envoy"}, {"LOWER": "left"}], [{"LOWER": "left", "OP": "!"}]], {"LEMMA": "went"}, index=-1)
    assert [token.lemma_ for token in ruler(nlp("An Envoy left"))] == ["went", "went", "went"]
    assert not ruler.match(Doc(nlp.vocab))


def test_blas_of_numpy_and_the_same_parse() -> None:
    slow = spacy.load(installed())
    slow.add_pipe("detente_breaks", before="parser")
    quick = load_pipeline()
    assert not quick.get_pipe("ner").model.ops.use_blis  # type: ignore[attr-defined]
    for path in EXAMPLES[:4]:
        text = surface_of(path.read_text(encoding="utf-8")).text
        with one_thread().limit(limits=1):
            mine = quick(text)
        assert [(t.text, t.tag_, t.dep_, t.head.i, t.ent_type_, str(t.morph)) for t in mine] == [
            (t.text, t.tag_, t.dep_, t.head.i, t.ent_type_, str(t.morph)) for t in slow(text)
        ]


def test_one_thread_while_parsing_and_as_many_as_before_afterwards() -> None:
    before = [library["num_threads"] for library in one_thread().info()]
    with one_thread().limit(limits=1):
        assert {library["num_threads"] for library in one_thread().info()} == {1}
    assert [library["num_threads"] for library in one_thread().info()] == before
