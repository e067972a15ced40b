"""`detente evaluate attribution`: who said what, on the news articles of PolNeAR.

Source, cue and content are compared as sets of the text's words, since the gold's spans may be broken. A pair of gold
and found attribution matches when the F1 of their contents' words is at least one half; pairs are made best first,
each used once. `right_source` asks the same of the sources (none on both sides is right), `strict` that both are equal
to the word. The gold has no attribution inside the content of another ("The ministry said Wang told ..." is one), so
those found inside another's content are left out.

Pareti (2015), "Attribution: a computational approach", and Newell et al. (LREC 2018) score by overlap likewise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.coding.attribution import cue_of
from detente.evaluation.data import day, digest, read_jsonl, require, shared
from detente.evaluation.measures import Counts
from detente.evaluation.report import CoderLike, Report
from detente.records import Document

if TYPE_CHECKING:
    from detente.coding.analysis import Analysis

_WORD: Final = re.compile(r"\w+")
_QUOTES: Final = "\"“”'‘«„"
# Half the words in common, as is usual for spans of speech.
_ENOUGH: Final = 0.5
_MAX_MISSES: Final = 60

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Item:
    """One attribution as sets of word numbers; `text` is its content as printed."""

    source: Words
    cue: Words
    content: Words
    source_text: str
    cue_text: str
    text: str
    confidence: float | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    gold: int
    found: int
    source: float
    cue: bool
    equal: bool


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score attributions on the articles of a file (by default `../shared/gold/attribution/dev.jsonl`).

    Raises:
        InputError: the gold is missing or not in its format.
    """
    path = data or shared("gold", "attribution", "dev.jsonl")
    names = ("content", "right_source", "strict", "cue", "source")
    totals = dict.fromkeys(names, Counts())
    recalls = {"direct": Counts(), "indirect": Counts()}
    rows: list[dict[str, Any]] = []
    misses: list[str] = []
    for number, article in enumerate(read_jsonl(path), 1):
        where = f"line {number}"
        require(article, ("doc_id", "text", "attributions"), path, where)
        published = day(article["date"], path, where) if article.get("date") else None
        document = Document(text=article["text"], id=str(article["doc_id"]), published=published)
        words = _Words(article["text"])
        gold = [words.gold(item) for item in article["attributions"]]
        found = _found(coder.code(document).analysis, words)
        matches = {match.gold: match for match in _align(gold, found)}
        for name, counts in _counts(gold, found, matches.values()).items():
            totals[name] += counts
        for index, item in enumerate(gold):
            match = matches.get(index)
            right = match is not None and match.source >= _ENOUGH
            kind = "direct" if item.direct else "indirect"
            recalls[kind] += Counts(int(right), 0, 1)
            rows.append(_row(f"{document.id}:{index}", item, found, match, right))
            if not right and len(misses) < _MAX_MISSES:
                misses.append(f"{document.id}: {item.source_text or '-'} | {item.cue_text} | {item.text[:100]}")
    figures: dict[str, float] = {}
    for name, counts in totals.items():
        figures |= counts.figures(name)
    for kind, counts in recalls.items():
        figures[f"{kind}.recall"] = counts.recall
    return Report(
        "attribution",
        str(path),
        digest(path),
        len(rows),
        figures,
        tuple(misses),
        tuple(rows),
        "training data" if "train" in path.name else "",
    )


class _Words:
    """The words of a text by offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]

    def within(self, spans: Iterable[Sequence[int]]) -> Words:
        """The numbers of the words that lie in or reach into spans."""
        numbers: set[int] = set()
        for start, end in spans:
            numbers.update(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))
        return frozenset(numbers)

    def printed(self, spans: Iterable[Sequence[int]]) -> str:
        return " … ".join(self.text[start:end] for start, end in spans)

    def gold(self, item: Mapping[str, Any]) -> _Item:
        return self.item(item["source"], item["cue"], item["content"])

    def item(
        self,
        source: Sequence[Sequence[int]],
        cue: Sequence[Sequence[int]],
        content: Sequence[Sequence[int]],
        confidence: float | None = None,
    ) -> _Item:
        text = self.printed(content)
        return _Item(
            self.within(source),
            self.within(cue),
            self.within(content),
            self.printed(source),
            self.printed(cue),
            text,
            confidence,
            text[:1] in _QUOTES and bool(text),
        )


def _found(analysis: Analysis, words: _Words) -> list[_Item]:
    items = []
    for attribution in analysis.attributions:
        if attribution.via is not None:
            continue
        cue = cue_of(analysis, attribution)
        ranges = [[r] if r is not None else [] for r in (attribution.source, attribution.cue)]
        source, mark = ([(s.start, s.end) for s in (analysis.span(*r) for r in piece)] for piece in ranges)
        spans = [analysis.span(*piece) for piece in attribution.content]
        items.append(
            words.item(source, mark, [(s.start, s.end) for s in spans], 0.8 if cue is None or cue.speech else 0.6)
        )
    return items


def _f1(one: Words, other: Words) -> float:
    if not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other))


def _align(gold: Sequence[_Item], found: Sequence[_Item]) -> list[_Match]:
    """Pairs whose contents overlap enough, the best first, each item in one pair at most."""
    at_word: dict[int, set[int]] = defaultdict(set)
    for index, item in enumerate(gold):
        for word in item.content:
            at_word[word].add(index)
    scored: list[tuple[float, int, int, _Match]] = []
    for number, have in enumerate(found):
        for index in {index for word in have.content for index in at_word[word]}:
            want = gold[index]
            content = _f1(want.content, have.content)
            if content < _ENOUGH:
                continue
            source, cue = _f1(want.source, have.source), bool(want.cue & have.cue)
            match = _Match(index, number, source, cue, content == 1.0 and source == 1.0)
            scored.append((-(content + source + cue), index, number, match))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matches = []
    for _, index, number, match in sorted(scored, key=lambda entry: entry[:3]):
        if index not in used_gold and number not in used_found:
            used_gold.add(index)
            used_found.add(number)
            matches.append(match)
    return matches


def _counts(gold: Sequence[_Item], found: Sequence[_Item], matches: Iterable[_Match]) -> dict[str, Counts]:
    pairs = list(matches)
    with_source = sum(bool(item.source) for item in gold), sum(bool(item.source) for item in found)
    both = [pair for pair in pairs if pair.source >= _ENOUGH]
    named = [pair for pair in both if gold[pair.gold].source]
    given, wanted = len(found), len(gold)
    return {
        "content": Counts(len(pairs), given, wanted),
        "right_source": Counts(len(both), given, wanted),
        "strict": Counts(sum(pair.equal for pair in pairs), given, wanted),
        "cue": Counts(sum(pair.cue for pair in pairs), given, wanted),
        "source": Counts(len(named), with_source[1], with_source[0]),
    }


def _row(identity: str, item: _Item, found: Sequence[_Item], match: _Match | None, right: bool) -> dict[str, Any]:
    have = found[match.found] if match is not None else None
    return {
        "id": identity,
        "wanted": item.text,
        "got": have.text if have is not None else None,
        "confidence": have.confidence if have is not None else None,
        "wanted_source": item.source_text,
        "got_source": have.source_text if have is not None else None,
        "wanted_cue": item.cue_text,
        "got_cue": have.cue_text if have is not None else None,
        "form": "direct" if item.direct else "indirect",
        "right": right,
    }
