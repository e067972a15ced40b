"""Named warships: "HMS Trent" is of the British navy, and no person."""

from __future__ import annotations

from spacy.tokens import Doc

from detente.coding.analysis import Mention
from detente.coding.mentions_actor import agent_actor
from detente.lexicon.entries import Agent
from detente.lexicon.lexicon import Lexicon
from detente.records import Actor

_WORDS = 4
_ABOARD = frozenset({"aboard", "board"})


def ship_mentions(doc: Doc, lexicon: Lexicon) -> tuple[list[Mention], set[int]]:
    """Mentions of ships by name, the full ones and those of the bare name, and all tokens of such names.

    On board a ship one is at a place: there the name is no mention.
    """
    found: list[Mention] = []
    tokens: set[int] = set()
    names: dict[tuple[str, ...], Actor] = {}
    for token in doc:
        codes = lexicon.ships.get(token.text)
        if codes is None or token.i in tokens:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i <= _WORDS and _of_a_name(doc, end):
            end += 1
        if end == token.i + 1:
            continue
        actor = _navy(doc, lexicon, codes)
        if actor is None:
            continue
        names[tuple(doc[index].text for index in range(token.i + 1, end))] = actor
        _take(doc, token.i, end, actor, found, tokens)
    for name, actor in names.items():
        for start in range(len(doc) - len(name) + 1):
            if doc[start].text != name[0] or start in tokens:
                continue
            if tuple(doc[index].text for index in range(start, start + len(name))) == name:
                _take(doc, start, start + len(name), actor, found, tokens)
    return found, tokens


def _of_a_name(doc: Doc, index: int) -> bool:
    token = doc[index]
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ") and token.is_alpha


def _take(doc: Doc, start: int, end: int, actor: Actor, found: list[Mention], tokens: set[int]) -> None:
    tokens.update(range(start, end))
    first = start - 1 if start and doc[start - 1].lower_ == "the" else start
    if first and doc[first - 1].lower_ in _ABOARD:
        return
    codes = (actor.country,) if actor.country else ()
    root = doc[start:end].root.i
    found.append(Mention(first, end, root, "name", 1, "n", (actor,), codes, "name of a ship"))


def _navy(doc: Doc, lexicon: Lexicon, codes: tuple[str, ...]) -> Actor | None:
    """The forces of the first of the countries that the text names, else of the first."""
    if len(codes) > 1:
        told = {entry.country for token in doc if token.is_title for entry in lexicon.phrases.forms(token.text)}
        codes = tuple(code for code in codes if code in told) or codes
    for entry in lexicon.phrases.forms("warship"):
        if isinstance(entry.payload, Agent):
            return agent_actor(entry.payload, lexicon.countries[codes[0]])
    return None
