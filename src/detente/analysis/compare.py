"""Two sides' accounts of one contact, held against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from detente.analysis.align import Pair, align
from detente.analysis.claims import Claim, claims
from detente.analysis.passages import Account, Passage, all_passages, side_of
from detente.analysis.words import FRAME_WORDS, FUNCTION_WORDS, words_of
from detente.analysis.wordscores import WordScore, log_odds, prior_of
from detente.errors import OptionError
from detente.records import Span

# A word is shown as one side's own from this z-score on (one in six by chance), said at least so often.
_PECULIAR: Final = 1.0
_LEAST_SAID: Final = 2
_MOST_WORDS: Final = 12
_ENCOUNTERS: Final = frozenset(
    "talks meeting exchange exchanges discussion discussions conversation dialogue call consultation consultations "
    "negotiations summit visit".split()
)
_OF_VIEWS: Final = " of views"
# "talks on trade were candid", "meeting with X as friendly"
_SAID: Final = re.compile(r"(?P<what>[a-z]+)\b.*? (?:was|were|is|are|be|been|as|remained) (?P<how>.+)")


@dataclass(frozen=True, slots=True)
class Naming:
    """What a side calls the encounter, how often, and where first. `rung` is that of the ladder's talks, if it has
    one."""

    name: str
    times: int
    rung: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Raised:
    """An issue that a side's account names, how many of its sentences do, and the first of them."""

    issue: str
    times: int
    span: Span


@dataclass(frozen=True, slots=True)
class Tone:
    """Mean tone, from -1 to 1, of what a side itself says on an issue in its own account, over so many statements."""

    issue: str
    tone: float
    statements: int


@dataclass(frozen=True, slots=True)
class SideView:
    """One side: its government, its documents, and what stands in them. `words` are those peculiar to it, the most
    peculiar first; `only` the issues that the other side does not name; `claims` what it says of the other."""

    side: str
    documents: tuple[str, ...]
    names: tuple[Naming, ...]
    only: tuple[Raised, ...]
    claims: tuple[Claim, ...]
    words: tuple[WordScore, ...]
    tones: tuple[Tone, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides' accounts of one contact. `shared` are the issues that both name, as (left, right); `pairs` the
    sentences that tell of the same, in the order of the left account."""

    left: SideView
    right: SideView
    shared: tuple[tuple[Raised, Raised], ...]
    pairs: tuple[Pair, ...]


def compare(left: Sequence[Account], right: Sequence[Account], *, others: Iterable[str] = ()) -> Comparison:
    """Compare the documents of two sides on one contact.

    `others` are texts of other documents on the relation: words common in them are peculiar to nobody.

    Raises:
        OptionError: a side has no document, a side's government is not known, or both are the same.
    """
    sides = [_government(accounts, name) for accounts, name in ((left, "left"), (right, "right"))]
    if sides[0] == sides[1]:
        raise OptionError(f"both accounts are of {sides[0]}: a comparison needs two sides (give each its issuer)")
    passages = [all_passages(left), all_passages(right)]
    raised = [_raised(own) for own in passages]
    counts = [Counter(_content(account.document.text for account in accounts)) for accounts in (left, right)]
    prior = prior_of(counts[0], counts[1], _content(others))
    scores = log_odds(counts[0], counts[1], prior)
    views = [
        SideView(
            side=sides[here],
            documents=tuple(account.document.id for account in accounts),
            names=_names(accounts, sides[here]),
            only=tuple(one for issue, one in raised[here].items() if issue not in raised[1 - here]),
            claims=claims(accounts, sides[here], (right, left)[here], sides[1 - here]),
            words=_peculiar(scores, here),
            tones=_tones(accounts, sides[here]),
        )
        for here, accounts in enumerate((left, right))
    ]
    shared = tuple((one, raised[1][issue]) for issue, one in raised[0].items() if issue in raised[1])
    return Comparison(views[0], views[1], shared, align(passages[0], passages[1]))


def _content(texts: Iterable[str]) -> Iterator[str]:
    """The words of texts that are none of grammar, nor of every readout."""
    return (word for text in texts for word in words_of(text) if word not in FUNCTION_WORDS | FRAME_WORDS)


def _government(accounts: Sequence[Account], name: str) -> str:
    if not accounts:
        raise OptionError(f"the {name} side has no document")
    sides = Counter(side for account in accounts if (side := side_of(account)) is not None)
    if not sides:
        raise OptionError(
            f"{accounts[0].document.id}: nobody speaks here for a government; give the document an issuer"
        )
    return max(sorted(sides), key=lambda side: sides[side])


def _raised(passages: Sequence[Passage]) -> dict[str, Raised]:
    """Issues by how many sentences name them, the most first."""
    spans: dict[str, list[Span]] = {}
    for passage in passages:
        for issue in passage.issues:
            spans.setdefault(issue, []).append(passage.span)
    ranked = sorted(spans.items(), key=lambda item: -len(item[1]))
    return {issue: Raised(issue, len(found), found[0]) for issue, found in ranked}


def _names(accounts: Sequence[Account], side: str) -> tuple[Naming, ...]:
    """What the side calls the encounter: graded formulas first, then bare words, the most used first."""
    found: dict[str, list[tuple[int | None, Span]]] = {}
    for account in accounts:
        for rung, span in _named(account, side):
            found.setdefault(_name(account, span), []).append((rung, span))
    names = [Naming(name, len(places), places[0][0], places[0][1]) for name, places in found.items()]
    return tuple(sorted(names, key=lambda one: (one.rung is None, -one.times, one.span.start)))


def _named(account: Account, side: str) -> Iterator[tuple[int | None, Span]]:
    graded = [s for s in account.signals if s.scale == "talks" and s.government == side]
    yield from ((signal.rung, signal.formula) for signal in graded)
    for event in account.events:
        word = event.trigger
        bare = not any(s.formula.start <= word.start < s.formula.end for s in graded)
        held = event.type == "CONSULT" and event.status in ("happened", "ongoing")
        if bare and held and word.text.lower() in _ENCOUNTERS:
            yield None, word


def _name(account: Account, span: Span) -> str:
    """The words as a name: "talks with X were candid" is "candid talks"; an exchange of views is one of views."""
    name = " ".join(span.text.lower().split())
    said = _SAID.match(name)
    if said is not None:
        return f"{said['how']} {said['what']}"
    return name + (_OF_VIEWS if account.document.text.startswith(_OF_VIEWS, span.end) else "")


def _peculiar(scores: Sequence[WordScore], here: int) -> tuple[WordScore, ...]:
    ranked = scores if here == 0 else scores[::-1]
    sign = 1 if here == 0 else -1
    said = [s for s in ranked if sign * s.z >= _PECULIAR and (s.left, s.right)[here] >= _LEAST_SAID]
    return tuple(said[:_MOST_WORDS])


def _tones(accounts: Sequence[Account], side: str) -> tuple[Tone, ...]:
    """By issue, the most spoken of first."""
    tones: dict[str, list[float]] = {}
    for account in accounts:
        for statement in account.statements:
            if statement.side == side:
                for issue in statement.issues:
                    tones.setdefault(issue, []).append(statement.tone)
    ranked = sorted(tones.items(), key=lambda item: -len(item[1]))
    return tuple(Tone(issue, round(sum(found) / len(found), 2), len(found)) for issue, found in ranked)


def comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values, spans with their document."""
    return {
        "left": _view(comparison.left),
        "right": _view(comparison.right),
        "shared": [
            {"issue": one.issue, "left": _raised_dict(one), "right": _raised_dict(other)}
            for one, other in comparison.shared
        ],
        "pairs": [
            {"left": _span(pair.left.span), "right": _span(pair.right.span), "score": pair.score}
            for pair in comparison.pairs
        ],
    }


def _view(view: SideView) -> dict[str, Any]:
    return {
        "side": view.side,
        "documents": list(view.documents),
        "names": [{"name": n.name, "times": n.times, "rung": n.rung, "span": _span(n.span)} for n in view.names],
        "only": [{"issue": one.issue, **_raised_dict(one)} for one in view.only],
        "claims": [
            {
                "about": claim.about,
                "kind": claim.kind,
                "verdict": claim.verdict,
                "claimed": _span(claim.claimed),
                "passage": _span(claim.passage),
                "answer": _span(claim.answer) if claim.answer else None,
                "score": claim.score,
            }
            for claim in view.claims
        ],
        "words": [
            {"word": w.word, "left": w.left, "right": w.right, "log_odds": round(w.log_odds, 3), "z": round(w.z, 2)}
            for w in view.words
        ],
        "tones": [{"issue": t.issue, "tone": t.tone, "statements": t.statements} for t in view.tones],
    }


def _raised_dict(raised: Raised) -> dict[str, Any]:
    return {"sentences": raised.times, "first": _span(raised.span)}


def _span(span: Span) -> dict[str, Any]:
    return {"document": span.document, **span.to_dict()}
