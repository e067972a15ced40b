"""`detente evaluate coref`: marked passages; does each mention refer to the right persons or states?

Format, one JSON file a passage: `text`, `published`, `mentions` [`start`, `end`, `text`, `refers`: persons by name,
states by ISO 3166-1 alpha-3].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.evaluation.data import day, digest, examples, read_json, require
from detente.evaluation.matching import same_person, words
from detente.evaluation.report import CoderLike, Report
from detente.records import Actor, Document

if TYPE_CHECKING:
    from detente.coding.analysis import Analysis, Mention

PRONOUNS = frozenset(
    {"he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs"}
    | {"it", "its", "who", "whose", "whom", "himself", "herself", "themselves"}
)


def evaluate(coder: CoderLike, data: Path | None = None) -> Report:
    """Score the passages of a folder, or the one file given.

    Figures: `accuracy` of mentions whose referents are all right and nobody else; the same for each kind of mention
    (`name`, `title`, `pronoun`, `group`, `state`), and `accuracy.anaphora`: titles, pronouns and groups together.

    Raises:
        InputError: there is no passage, or one is not in its format.
    """
    folder = data or examples() / "coref"
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else [folder]
    if not paths:
        raise InputError(str(folder), "no passages", right="files named *.json")
    rows = [row for path in paths for row in _passage(coder, path)]
    figures = {"accuracy": _accuracy(rows)}
    figures["accuracy.anaphora"] = _accuracy([r for r in rows if r["kind"] in ("title", "pronoun", "group")])
    for kind in sorted({row["kind"] for row in rows}):
        figures[f"accuracy.{kind}"] = _accuracy([row for row in rows if row["kind"] == kind])
    return Report(
        name="coref",
        data=str(folder),
        sha256=digest(*paths),
        items=len(rows),
        figures=figures,
        misses=tuple(
            f"{r['id']} “{r['text']}” ({r['kind']}): {r['wanted']}; coded: {r['got']}" for r in rows if not r["right"]
        ),
        predictions=tuple(rows),
    )


def _accuracy(rows: Sequence[Mapping[str, Any]]) -> float:
    return sum(row["right"] for row in rows) / len(rows) if rows else 0.0


def _passage(coder: CoderLike, path: Path) -> list[dict[str, Any]]:
    gold = read_json(path)
    require(gold, ("text", "published", "mentions"), path, "top level")
    document = Document(text=gold["text"], id=path.stem, published=day(gold["published"], path, "published"))
    analysis = coder.code(document).analysis
    return [_row(analysis, mark, f"{path.stem}:{mark['start']}") for mark in gold["mentions"]]


def _row(analysis: Analysis, mark: Mapping[str, Any], name: str) -> dict[str, Any]:
    refers = mark["refers"]
    mention = find_mention(analysis, mark["start"], mark["end"])
    actors = mention.actors if mention else ()
    right = is_referent(refers, actors) or _named_inside(analysis, mark["start"], mark["end"], refers)
    return {
        "id": name,
        "wanted": ", ".join(refers),
        "got": ", ".join(actor.name for actor in actors) or None,
        "confidence": None,
        "right": right,
        "kind": kind_of(mark["text"], refers),
        "text": mark["text"],
        "why": mention.why if mention else "no mention",
    }


def kind_of(text: str, refers: Sequence[str]) -> str:
    """Pronoun, group (several referents), name (a word of the person's name), state, or title."""
    if text.casefold() in PRONOUNS:
        return "pronoun"
    if len(refers) > 1:
        return "group"
    if _is_state(refers[0]):
        return "state"
    return "name" if set(words(text)) & set(words(refers[0])) else "title"


def is_referent(refers: Sequence[str], actors: Sequence[Actor]) -> bool:
    """Whether the actors are those referred to: each is there, and nobody else."""
    return bool(actors) and (
        all(any(_is(ref, actor) for actor in actors) for ref in refers)
        and all(any(_is(ref, actor) for ref in refers) for actor in actors)
    )


def _is_state(ref: str) -> bool:
    return len(ref) == 3 and ref.isupper()


def _is(ref: str, actor: Actor) -> bool:
    if _is_state(ref):
        return actor.country == ref and not actor.id.startswith("person:")
    return same_person(ref, actor.name)


def find_mention(analysis: Analysis, start: int, end: int) -> Mention | None:
    """The mention whose head lies in the characters [start, end) and whose extent is most like them."""
    best, most = None, 0.0
    for mention in analysis.mentions:
        head = analysis.span(mention.root, mention.root + 1)
        if start <= head.start < end:
            span = analysis.span(mention.start, mention.end)
            both = min(end, span.end) - max(start, span.start)
            share = both / (max(end, span.end) - min(start, span.start))
            if share > most:
                best, most = mention, share
    return best


def _named_inside(analysis: Analysis, start: int, end: int, refers: Sequence[str]) -> bool:
    """Whether a state's name is part of a longer mention that knows it ("British" in "the British minister")."""
    if not all(_is_state(ref) for ref in refers):
        return False
    spans = ((analysis.span(m.start, m.end), m.countries) for m in analysis.mentions)
    return any(s.start <= start and end <= s.end and set(refers) <= set(countries) for s, countries in spans)
