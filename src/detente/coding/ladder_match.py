"""Where the formulas of the ladder stand in a text: words and grammar only, not yet whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.coding.attribution_frames import lemma_of
from detente.lexicon.ladder import INFINITIVE, Rung, Word, rungs

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from detente.coding.analysis import Analysis

# Words between two words of a formula: "bear all (the) consequences", "take (any and all) necessary measures".
_GAP: Final = 3
_MODIFIERS: Final = frozenset({"amod", "advmod", "compound", "nmod", "npadvmod", "neg", "nsubj", "acomp", "dep"})
_ENCOUNTERS: Final = frozenset(
    "talk meeting exchange discussion conversation dialogue call consultation negotiation communication session "
    "atmosphere view round summit".split()
)
_TAKING_UP: Final = frozenset({"they", "it", "these"})
_CONVERSING: Final = frozenset({"talk", "speak", "discuss", "converse", "meet", "exchange"})
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj"})
_COPULAS: Final = frozenset({"be", "remain", "feel", "become", "seem", "grow", "stay"})


@dataclass(frozen=True, slots=True)
class Match:
    """A formula at a place: its row, its head token and all its tokens in order."""

    rung: Rung
    head: int
    tokens: tuple[int, ...]


def find_matches(analysis: Analysis) -> Iterator[Match]:
    """All places where a formula's words stand as its form wants, in the order of their heads."""
    table = rungs()
    for sentence in analysis.sentences:
        for token in analysis.doc[sentence.start : sentence.end]:
            rows = table.get(token.lower_, ())
            if (lemma := lemma_of(token)) != token.lower_:
                rows = (*rows, *table.get(lemma, ()))
            for rung in dict.fromkeys(rows):
                tokens = _tokens(rung, token, sentence.start, sentence.end)
                if tokens:
                    yield Match(rung, token.i, tuple(sorted(tokens)))


def _tokens(rung: Rung, head: Token, start: int, end: int) -> list[int]:
    """The tokens of the formula if it stands here, else none."""
    if rung.form in ("vow", "warn", "voice"):
        return _in_line(rung, head, start, end)
    if rung.form == "talks":
        return _of_encounter(rung, head)
    if not _fits_part(rung.form, head):
        return []
    return _in_tree(rung, head)


def _fits_part(form: str, head: Token) -> bool:
    if form == "verb":
        return head.pos_ in ("VERB", "AUX") and head.dep_ not in ("amod", "compound")
    if form == "noun":
        return head.pos_ == "NOUN"
    return is_predicate(head)


def is_predicate(word: Token) -> bool:
    """Whether an adjective or participle is said of a subject ("is concerned about"), not a mere attribute of a noun
    ("the parties concerned")."""
    if word.i and word.nbor(-1).lower_ == "as":
        return False  # "as opposed to"
    if word.dep_ in ("acomp", "attr", "oprd", "conj") and word.head.lemma_ in _COPULAS | {"concerned"}:
        return not _as_far_as(word.head)
    if word.tag_ in ("VBN", "VBD", "JJ") and any(kid.dep_ == "auxpass" or kid.lemma_ == "be" for kid in word.lefts):
        return not _as_far_as(word)
    before = word.doc[word.left_edge.i - 1].text if word.left_edge.i else ","
    if any(kid.dep_ in _ARGUMENTS for kid in word.children):
        return False
    # "Gravely concerned about the tests, the Council …"
    return word.dep_ in ("advcl", "ROOT", "acl", "conj") and (
        before in {",", ";"} or word.left_edge.is_sent_start is True
    )


def _as_far_as(verb: Token) -> bool:
    """ "as far as the treaty is concerned" """
    return any(kid.lower_ in ("as", "so", "where") and kid.dep_ in ("mark", "advmod") for kid in verb.lefts)


def _in_tree(rung: Rung, head: Token) -> list[int]:
    found = [head.i]
    modifiers = _modifiers(head)
    for word in rung.before:
        hit = next((token for token in modifiers if _is(token, word) and token.i not in found), None)
        if hit is None:
            return []
        found.append(hit.i)
    below = [token for token in head.subtree if token.i > head.i]
    at = head.i
    for word in rung.after:
        hit = next((t for t in below if t.i > at and _is(t, word) and _near(t, head, at)), None)
        if hit is None:
            return []
        found.append(hit.i)
        at = hit.i
    return found


def _near(token: Token, head: Token, at: int) -> bool:
    """Whether a later word of a formula is close enough to the one before it, or hangs on the head itself: "will not
    leave the closing of its consulate unanswered", "called on the authorities in the capital to stop"."""
    over = token.head if token.dep_ in ("aux", "mark") else token
    return token.i < at + 2 + _GAP or over.head.i == head.i


def _modifiers(head: Token) -> list[Token]:
    found: list[Token] = []
    for kid in head.children:
        if kid.dep_ in _MODIFIERS:
            found.append(kid)
            found.extend(other for other in kid.conjuncts if other.head.i != head.i or other.dep_ != "conj")
    return found


def _in_line(rung: Rung, head: Token, start: int, end: int) -> list[int]:
    found = [head.i]
    at = head.i
    for word in reversed(rung.before):
        at = next((i for i in range(at - 1, max(at - 2 - _GAP, start - 1), -1) if _is(head.doc[i], word)), -1)
        if at < 0:
            return []
        found.append(at)
    at = head.i
    for word in rung.after:
        near = head.doc[at + 1 : min(at + 2 + _GAP, end)]
        # "will not leave the closing of its consulate unanswered": what depends on the head may stand further off.
        far = (t for t in head.doc[at + 2 + _GAP : min(at + 2 + 3 * _GAP, end)] if head.is_ancestor(t))
        at = next((t.i for t in (*near, *far) if _is(t, word)), -1)
        if at < 0:
            return []
        found.append(at)
    return found


def _of_encounter(rung: Rung, head: Token) -> list[int]:
    """The adjectives of a row where all of them describe one word of meeting, and that word."""
    noun = encounter_of(head)
    if noun is None:
        return []
    others = [token for token in _run(head) if token.i != head.i]
    found = [head.i, noun.i] if noun.sent.start == head.sent.start else [head.i]
    for word in (*rung.before, *rung.after):
        hit = next((token for token in others if _is(token, word)), None)
        if hit is None:
            return []
        found.append(hit.i)
    if head.lower_ == "depth" and head.i > 1:
        found.append(head.i - 2)
    return found


def encounter_of(word: Token) -> Token | None:
    """The word of meeting that an adjective describes: "candid talks", "the talks were candid", "described the talks as
    long and candid", "called the talks candid", "held talks. They were candid", "talked candidly".

    By place first: of "in-depth" among adjectives the parser makes a phrase that tears the others off.
    """
    run = _run(word)
    doc = word.doc
    after = doc[run[-1].i + 1] if run[-1].i + 1 < len(doc) else None
    if after is not None and _is_encounter(after):
        return after
    before = doc[run[0].i - 1] if run[0].i else None
    if before is not None and before.lemma_ in _COPULAS:
        subject = next((kid for kid in before.children if kid.dep_ == "nsubj"), None)
        if subject is not None and subject.lower_ in _TAKING_UP:
            return _just_before(subject.sent)
        return _argument(before, ("nsubj", "nsubjpass"))
    if word.pos_ == "ADV" and word.head.lemma_ in _CONVERSING:
        return word.head
    if before is not None and before.lower_ == "as":
        return _argument(before.head, ("dobj", "nsubjpass"))
    if word.dep_ == "oprd":
        return _argument(word.head, ("dobj", "nsubjpass"))
    return _argument(word, ("nsubj",)) if word.dep_ == "ccomp" else None


def _just_before(sentence: SpacySpan) -> Token | None:
    """The meeting told of in the sentence before."""
    if not sentence.start:
        return None
    last = sentence.doc[sentence.start - 1].sent
    return next((token for token in last if _is_encounter(token) and token.dep_ in ("dobj", "nsubj", "pobj")), None)


def _argument(verb: Token, links: tuple[str, ...]) -> Token | None:
    return next((kid for kid in verb.children if kid.dep_ in links and _is_encounter(kid)), None)


def _run(word: Token) -> list[Token]:
    """The adjectives among which a word stands, and what may stand between them, in order."""
    doc, start, end = word.doc, word.i, word.i + 1
    while start > word.sent.start and _among_adjectives(doc[start - 1]):
        start -= 1
    while end < word.sent.end and _among_adjectives(doc[end]):
        end += 1
    return list(doc[start:end])


def _among_adjectives(token: Token) -> bool:
    if token.lower_ in ("in", "depth"):
        return "in-depth" in token.doc[max(token.i - 2, 0) : token.i + 3].text.lower()
    if _is_encounter(token):
        return False
    return token.pos_ in ("ADJ", "ADV", "CCONJ", "NOUN", "PROPN") or token.text in (",", "-") or token.tag_ == "VBN"


def _is_encounter(token: Token) -> bool:
    return token.lemma_.lower() in _ENCOUNTERS and token.pos_ in ("NOUN", "PROPN", "VERB")


def _is(token: Token, word: Word) -> bool:
    if INFINITIVE in word:
        return token.tag_ == "TO"
    return token.lower_ in word or lemma_of(token) in word
