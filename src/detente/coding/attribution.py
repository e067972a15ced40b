"""Who said what: sources, cues and content, from the dependency parse, quotation marks and the turns of transcripts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, Attribution
from detente.coding.attribution_frames import Draft, lemma_of, trimmed, verb_drafts
from detente.coding.attribution_nominals import nominal_drafts, phrase_drafts
from detente.coding.attribution_quotes import colon_drafts, link_quotes, owners
from detente.coding.quotes import Quote, find_quotes
from detente.lexicon import cues
from detente.lexicon.cues import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc


# A longer "sentence" is a table or noise; its parse says nothing, and its nested clauses would cost their square.
_LONGEST: Final = 400


def find_attributions(analysis: Analysis) -> tuple[Attribution, ...]:
    """All attributions of a text in the order of their content.

    Beliefs, wishes and judgements count as well as speech. Each turn of a transcript is one attribution without a cue,
    its source None: the speaker is that of `Document.turns`. Linear in the length of the text.
    """
    doc = analysis.doc
    quotes = find_quotes(analysis)
    owner = owners(doc, quotes)
    tokens = [
        token
        for sentence in analysis.sentences
        if sentence.end - sentence.start <= _LONGEST
        for token in doc[sentence.start : sentence.end]
    ]
    drafts = [
        draft
        for draft in (*verb_drafts(doc, tokens), *nominal_drafts(doc, tokens), *phrase_drafts(doc, tokens))
        # What somebody quoted says that others say stays inside the quotation.
        if owner[draft.head] < 0 or quotes[owner[draft.head]].kind == "scare"
    ]
    drafts = link_quotes(analysis, quotes, drafts)
    if not analysis.document.turns:
        drafts += colon_drafts(analysis, quotes)
    drafts += _turn_drafts(analysis)
    drafts = [draft for draft in drafts if draft.content]
    drafts.sort(key=lambda draft: (draft.content[0][0], -draft.content[-1][1], draft.head))
    via = _enclosing(len(doc), drafts)
    return tuple(_finished(doc, draft, owner, quotes, outer) for draft, outer in zip(drafts, via, strict=True))


def cue_of(analysis: Analysis, attribution: Attribution) -> Cue | None:
    """The table's row for the cue of an attribution; None for a turn of a transcript.

    `Cue.speech` tells what somebody says from what somebody thinks, wants or seems; `Cue.factive` whether it is true.
    """
    if attribution.cue is None:
        return None
    words = analysis.doc[attribution.cue[0] : attribution.cue[1]]
    for token in reversed(words):
        cue = cues.verbs().get(lemma_of(token)) if token.pos_ in {"VERB", "AUX"} else None
        if cue is not None and cue.kind != "light":
            return cue
    for token in words:
        pos = {"NOUN": "noun", "ADJ": "adj"}.get(token.pos_)
        cue = cues.nominals().get((lemma_of(token), pos)) if pos else None
        if cue is not None:
            return cue
    first = words[0].lower_
    kind = next((kind for phrase, kind in cues.phrases() if phrase[0] == first), "say")
    return Cue(words.text.lower(), kind, frozenset())


def _turn_drafts(analysis: Analysis) -> list[Draft]:
    """One draft a turn of a transcript; its head is the turn's first token."""
    starts = [token.idx for token in analysis.doc]
    found: list[Draft] = []
    for turn in analysis.document.turns:
        first = bisect_left(starts, analysis.surface.from_stored(turn.start))
        last = bisect_left(starts, analysis.surface.from_stored(turn.end))
        piece = trimmed(analysis.doc, first, last)
        if piece is not None:
            found.append(Draft(piece[0], "turn", None, None, None, [piece]))
    return found


def _enclosing(length: int, drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the index of the innermost other draft whose content holds its cue."""
    inner: list[int | None] = [None] * length
    sizes = [sum(end - start for start, end in draft.content) for draft in drafts]
    for number in sorted(range(len(drafts)), key=lambda n: -sizes[n]):
        for start, end in drafts[number].content:
            inner[start:end] = [number] * (end - start)
    result: list[int | None] = []
    for number, draft in enumerate(drafts):
        place = draft.cue[0] if draft.cue is not None else None
        outer = inner[place] if place is not None else None
        # What is reported must be the larger thing; a turn of a transcript vouches for all it holds.
        result.append(outer if outer is not None and outer != number else None)
    return result


def _finished(doc: Doc, draft: Draft, owner: list[int], quotes: Sequence[Quote], via: int | None) -> Attribution:
    return Attribution(
        source=draft.source,
        source_root=draft.source_root,
        cue=draft.cue,
        content=tuple(draft.content),
        form="direct" if draft.kind == "turn" else _form(doc, draft.content, owner, quotes),
        addressee_root=draft.addressee_root,
        via=via,
    )


def _form(doc: Doc, content: Iterable[tuple[int, int]], owner: list[int], quotes: Sequence[Quote]) -> str:
    """Direct if all words stand in quotes, indirect if none does (scare quotes aside), else mixed."""
    inside = outside = 0
    for start, end in content:
        for i in range(start, end):
            if not doc[i].is_alpha:
                continue
            if owner[i] >= 0 and quotes[owner[i]].kind != "scare":
                inside += 1
            else:
                outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
