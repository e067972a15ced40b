"""Linguistic analysis: what spaCy parses, sentence boundaries, and the zones of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from detente.coding.analysis import Analysis, Sentence
from detente.coding.pipeline import SENTENCE_TOKENS, load_pipeline, one_thread
from detente.coding.surface import surface_of
from detente.records import Document

# A first line longer than this is a paragraph, not a headline: no newspaper's headline among the development texts
# (attribution, White House) is longer.
_HEADLINE_CHARACTERS = 160
_DECK_CHARACTERS = 320
_BREAK = re.compile(r"\n")
# No sentence ends with these: "the Envoy for | Climate A. Lind".
_UNFINISHED = frozenset("a an and at between by for from in of on or the to with".split())
# The family or given name He, which the parser takes for the pronoun and begins a sentence with; it reads this instead.
_NAME_HE = re.compile(r"\b([A-Z][a-z]+ )He(?=[ ,.;:')])|\bHe(?= [A-Z][a-z])")
_READ_AS = "Ho"
# spaCy's own limit of 1,000,000 characters guards memory of parser and tagger; above it a text is parsed in pieces.
_PIECE = 200_000


def analyse(document: Document, pipeline: str | None = None) -> Analysis:
    """Parse a document and find its sentences and zones."""
    return next(analyse_many([document], pipeline))


def analyse_many(documents: Iterable[Document], pipeline: str | None = None) -> Iterator[Analysis]:
    """Parse documents in order; batches them for speed."""
    nlp = load_pipeline(pipeline)
    for document in documents:
        surface = surface_of(document.text)
        pieces = [piece for piece in _pieces(surface.text) if piece]
        with one_thread().limit(limits=1):
            parsed = list(nlp.pipe(_NAME_HE.sub(rf"\g<1>{_READ_AS}", piece) for piece in pieces))
        docs = [_with_words(one, piece) for one, piece in zip(parsed, pieces, strict=True)] or [nlp.make_doc("")]
        doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        analysis = Analysis(document, surface, doc)
        analysis.sentences = _sentences(analysis)
        yield analysis


def _with_words(doc: Doc, text: str) -> Doc:
    """A parse of a text of the same length with other words, as one of `text`."""
    if doc.text == text:
        return doc
    return Doc(
        doc.vocab,
        words=[text[token.idx : token.idx + len(token)] for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def _pieces(text: str) -> Iterator[str]:
    """Cut a very long text at line breaks, or failing that at spaces; the pieces join to the text."""
    start = 0
    while len(text) - start > _PIECE:
        cut = max(text.rfind("\n", start, start + _PIECE), start)
        if cut == start:
            cut = max(text.rfind(" ", start, start + _PIECE), start)
        cut = cut + 1 if cut > start else start + _PIECE
        yield text[start:cut]
        start = cut
    yield text[start:]


def _sentences(analysis: Analysis) -> tuple[Sentence, ...]:
    doc, document = analysis.doc, analysis.document
    turn_starts = [analysis.surface.from_stored(turn.start) for turn in document.turns]
    turn_ends = [analysis.surface.from_stored(turn.end) for turn in document.turns]
    found: list[Sentence] = []
    paragraph, turn = 0, 0
    zones = _zones(analysis.surface.text) if document.kind in ("news", "statement", "readout") else {}
    for sent in doc.sents:
        start, end = sent.start, sent.end
        if found and any(
            "\n" in doc[i].text for i in range(found[-1].start, start) if doc[i].is_space and i >= found[-1].end - 1
        ):
            paragraph += 1
        while start < end and doc[start].is_space:
            start += 1
        if start == end:
            continue
        while doc[end - 1].is_space:
            end -= 1
        torn = found and start == found[-1].end and doc[start - 1].lower_ in _UNFINISHED
        if torn and end - found[-1].start <= SENTENCE_TOKENS:
            found[-1] = replace(found[-1], end=end)
            continue
        at = doc[start].idx
        while turn < len(turn_starts) and turn_ends[turn] <= at:
            turn += 1
        # The first sentence of a turn may hold its label.
        inside = turn if turn < len(turn_starts) and turn_starts[turn] < doc[end - 1].idx + len(doc[end - 1]) else None
        found.append(Sentence(len(found), start, end, zones.get(paragraph, "body"), paragraph, inside))
    return tuple(found)


def _zones(text: str) -> dict[int, str]:
    """Headline and deck by paragraph number: short first lines without a full stop, in a text with a body."""
    lines = [line.strip() for line in _BREAK.split(text) if line.strip()]
    if len(lines) < 3 or len(lines[0]) > _HEADLINE_CHARACTERS or lines[0].endswith((".", "!", ":")):
        return {}
    zones = {0: "headline"}
    body = max((len(line) for line in lines[2:8]), default=0)
    if len(lines[1]) <= _DECK_CHARACTERS and len(lines) > 3 and _is_deck(lines[1], body):
        zones[1] = "deck"
    return zones


def _is_deck(line: str, body: int) -> bool:
    """A deck is one sentence, shorter than the paragraphs that follow, and not a dateline."""
    sentences = len(re.findall(r"[.!?][\"')]*(?:\s|$)", line))
    return sentences <= 1 and len(line) < body and not re.match(r"^[A-Z][A-Z .,]+(?:\(|—|-)", line)
