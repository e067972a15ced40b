"""Who says a quoted passage: the cue in its sentence, the speaker of the quotation before it, or a name and a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from detente.coding.attribution_frames import (
    Draft,
    antecedent,
    cue_span,
    lemma_of,
    ranges,
    source_span,
    subject_of,
    trimmed,
)
from detente.lexicon import cues
from detente.lexicon.askers import asks, is_answer_label

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from detente.coding.analysis import Analysis
    from detente.coding.quotes import Quote

# A speaker's name before a colon: "Wang: ...", "Foreign Minister Penny Wong: ..." is no longer than this.
_NAME_WORDS: Final = 8
# "Mr Sanders asked." after a quote that ends its own sentence.
_TAG_WORDS: Final = 10
# Words between a quote and its cue at most.
_FAR: Final = 60
_PERSON_TAGS: Final = frozenset({"PROPN", "PRON", "NOUN"})


def owners(doc: Doc, quotes: Sequence[Quote]) -> list[int]:
    """For each token the index of the quote that holds it, -1 outside."""
    owner = [-1] * len(doc)
    for number, quote in enumerate(quotes):
        owner[quote.start : quote.end] = [number] * (quote.end - quote.start)
    return owner


def link_quotes(analysis: Analysis, quotes: Sequence[Quote], drafts: list[Draft]) -> list[Draft]:
    """Give each quotation its speaker: widen the drafts whose content it completes, add drafts for the rest.

    Returns all drafts, those without any content left out.
    """
    doc = analysis.doc
    owner = owners(doc, quotes)
    by_head = {draft.head: draft for draft in drafts}
    taken = _widen(quotes, owner, drafts)
    previous: Draft | None = None
    previous_end = -1
    for number, quote in enumerate(quotes):
        if number in taken:
            previous, previous_end = taken[number], quote.end
            continue
        if quote.kind == "scare":
            continue
        draft = _same_sentence(analysis, quote, owner, by_head)
        if draft is None and previous is not None and _carries_on(analysis, quote, previous, previous_end):
            draft = previous
        if draft is None and quote.kind == "speech":
            draft = _before_colon(analysis, quote, by_head, owner)
        if draft is None:
            continue
        if draft.head not in by_head:
            by_head[draft.head] = draft
            drafts.append(draft)
        _take(draft, quote)
        previous, previous_end = draft, quote.end
    return [draft for draft in drafts if draft.content]


def _widen(quotes: Sequence[Quote], owner: list[int], drafts: list[Draft]) -> dict[int, Draft]:
    """Stretch content that holds part of a quote to all of it; return which draft holds which quote.

    A quote of which a cue inside it reports only a part stays with the cue outside.
    """
    taken: dict[int, Draft] = {}
    for draft in drafts:
        inside = owner[draft.head]
        for start, end in list(draft.content):
            for number in sorted({owner[i] for i in range(start, end)} - {-1, inside}):
                quote = quotes[number]
                speech = quote.kind == "speech" and draft.speech
                if quote.start < start or quote.end > end:
                    if not (speech or (quote.end - quote.start) < 2 * (end - start)):
                        continue
                    draft.content.append((quote.start, quote.end))
                if draft.source is not None:
                    taken.setdefault(number, draft)
        draft.content = _joined(draft)
    return taken


def _take(draft: Draft, quote: Quote) -> None:
    draft.content.append((quote.start, quote.end))
    draft.content = _joined(draft)


def _joined(draft: Draft) -> list[tuple[int, int]]:
    """Content pieces in order, overlaps joined, the words of cue and source cut out."""
    indexes: set[int] = set()
    for start, end in draft.content:
        indexes.update(range(start, end))
    for hole in (draft.cue, draft.source):
        if hole is not None:
            indexes.difference_update(range(*hole))
    return ranges(indexes)


def _same_sentence(analysis: Analysis, quote: Quote, owner: list[int], by_head: dict[int, Draft]) -> Draft | None:
    """The nearest quoting verb outside quotes, in the sentence where the quote ends or where it starts."""
    doc = analysis.doc
    after = analysis.sentence_at(quote.end - 1)
    before = analysis.sentence_at(quote.start)
    table = cues.verbs()
    best: tuple[int, Token] | None = None
    following = after.end
    if quote.end >= after.end - 1 and after.index + 1 < len(analysis.sentences):
        # '"Why not?" he asked.': the parser may end the sentence at the question mark.
        nxt = analysis.sentences[after.index + 1]
        open_ended = doc[max(quote.end - 2, quote.start)].text[-1] in "?!,"
        if nxt.paragraph == after.paragraph and (
            open_ended or doc[nxt.start].text[:1].islower() or nxt.end - nxt.start <= _TAG_WORDS
        ):
            following = min(nxt.end, quote.end + _TAG_WORDS)
    candidates = [(i, i - quote.end) for i in range(quote.end, min(following, quote.end + _FAR))]
    candidates += [(i, quote.start - i + 2) for i in range(max(before.start, quote.start - _FAR), quote.start)]
    for i, distance in candidates:
        token = doc[i]
        if owner[i] >= 0 or token.pos_ not in {"VERB", "AUX"}:
            continue
        cue = table.get(lemma_of(token))
        if cue is None or "quote" not in cue.frames:
            continue
        if i in by_head and by_head[i].content and not _near(by_head[i], quote):
            continue
        if best is None or distance < best[0]:
            best = (distance, token)
    if best is None:
        return None
    verb = best[1]
    if verb.i in by_head:
        return by_head[verb.i]
    return _draft(verb, owner)


def _near(draft: Draft, quote: Quote) -> bool:
    """Whether nothing but a few words stands between the content that a cue has and the quote."""
    return any(quote.start - end <= 12 and start - quote.end <= 12 for start, end in draft.content) or (
        abs(draft.head - quote.start) < 6 or abs(draft.head - quote.end) < 6
    )


def _draft(verb: Token, owner: list[int]) -> Draft | None:
    """A draft for a verb that the parse gives no content: the subject may hide as object ("," said Mr Lee.)."""
    cue = cues.verbs()[lemma_of(verb)]
    subject = subject_of(verb)
    if subject is None or owner[subject.i] >= 0:
        subject = next(
            (
                kid
                for kid in verb.rights
                if kid.dep_ in {"dobj", "attr", "npadvmod", "dep", "ccomp", "oprd"}
                and kid.pos_ in _PERSON_TAGS
                and owner[kid.i] < 0
                and kid.i - verb.i < 6
            ),
            None,
        )
    if subject is None and verb.i and verb.nbor(-1).pos_ in _PERSON_TAGS and owner[verb.i - 1] < 0:
        subject = verb.nbor(-1)
    if subject is None:
        return None
    draft = Draft(verb.i, cue.kind, source_span(subject, verb), antecedent(subject).i, cue_span(verb))
    draft.speech = cue.speech
    return draft


def _carries_on(analysis: Analysis, quote: Quote, previous: Draft, previous_end: int) -> bool:
    """Whether a quote with no cue of its own continues the quotation before it."""
    doc = analysis.doc
    if quote.continues:
        return True
    gap = doc[previous_end : quote.start]
    same = analysis.sentence_at(quote.start).paragraph == analysis.sentence_at(previous_end - 1).paragraph
    first = analysis.sentence_at(quote.start)
    if quote.kind != "speech" or not quote_is_sentence(analysis, quote):
        return False
    # In the same paragraph: between the two stands at most the first quote's own cue clause.
    if same:
        tail = [t for t in gap if t.is_alpha]
        last = analysis.sentence_at(previous_end - 1)
        return not tail or first.index - last.index <= 1
    # A paragraph that is nothing but a quote after one that ended with a quote or with its cue.
    words = [t for t in gap if t.is_alpha]
    if previous.source is None or len(words) > _TAG_WORDS:
        return False
    return not words or previous_end <= previous.head < quote.start


def quote_is_sentence(analysis: Analysis, quote: Quote) -> bool:
    """Whether a quote begins a sentence of its own and no words of the reporter follow in its last sentence."""
    doc = analysis.doc
    words = [i for i in range(quote.start, quote.end) if doc[i].is_alpha]
    if not words:
        return False
    # The parser may leave a mark in the sentence before or after.
    first, last = analysis.sentence_at(words[0]), analysis.sentence_at(words[-1])
    return not any(t.is_alpha for t in doc[first.start : quote.start]) and not any(
        t.is_alpha for t in doc[quote.end : last.end]
    )


def _before_colon(analysis: Analysis, quote: Quote, by_head: dict[int, Draft], owner: list[int]) -> Draft | None:
    """The sentence that ends in a colon before the quote: its last quoting verb, or its short name alone."""
    doc = analysis.doc
    colon = quote.start - 1
    while colon >= 0 and doc[colon].is_space:
        colon -= 1
    if colon < 1 or doc[colon].text != ":":
        return None
    sentence = analysis.sentence_at(colon)
    table = cues.verbs()
    for i in range(colon - 1, max(sentence.start, colon - _FAR) - 1, -1):
        token = doc[i]
        if owner[i] < 0 and token.pos_ in {"VERB", "AUX"} and lemma_of(token) in table:
            if token.i in by_head:
                return by_head[token.i]
            subject = subject_of(token)
            if subject is not None:
                draft = Draft(
                    i, table[lemma_of(token)].kind, source_span(subject, token), antecedent(subject).i, cue_span(token)
                )
                draft.speech = table[lemma_of(token)].speech
                return draft
    return _named(analysis, sentence.start, colon)


def _named(analysis: Analysis, start: int, colon: int) -> Draft | None:
    """A short noun phrase before a colon as speaker, unless it is the label of a turn or stands for nobody ("Q")."""
    doc = analysis.doc
    piece = trimmed(doc, start, colon)
    if piece is None or piece[1] - piece[0] > _NAME_WORDS:
        return None
    words = doc[piece[0] : piece[1]]
    if asks(words.text) or is_answer_label(words.text):
        return None
    if any(turn.speaker == words.text for turn in analysis.document.turns):
        return None
    if any(t.pos_ in {"VERB", "AUX"} for t in words) or not any(t.pos_ in {"PROPN", "NOUN"} for t in words):
        return None
    root = words.root
    return Draft(colon, "say", piece, root.i, (colon, colon + 1))


def colon_drafts(analysis: Analysis, quotes: Sequence[Quote]) -> Iterator[Draft]:
    """Interview lines without quotation marks: a paragraph that opens with a name and a colon."""
    doc = analysis.doc
    quoted = {quote.start for quote in quotes}
    sentences = analysis.sentences
    for number, sentence in enumerate(sentences):
        if number and sentences[number - 1].paragraph == sentence.paragraph:
            continue
        colon = next(
            (
                i
                for i in range(sentence.start + 1, min(sentence.start + _NAME_WORDS + 1, sentence.end))
                if doc[i].text == ":"
            ),
            None,
        )
        if colon is None or colon + 1 in quoted:
            continue
        draft = _named(analysis, sentence.start, colon)
        if draft is None or not all(t.text[:1].isupper() or not t.is_alpha for t in doc[sentence.start : colon]):
            continue
        last = number
        while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentence.paragraph:
            last += 1
        piece = trimmed(doc, colon + 1, sentences[last].end)
        if piece is not None:
            draft.content = [piece]
            yield draft
