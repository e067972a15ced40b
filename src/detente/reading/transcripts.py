"""Speaker turns of press conferences, briefings and joint appearances.

A turn starts at the beginning of a line with a label: `MS. LEE:`, `FOREIGN MINISTER WANG (via interpreter):`,
`Wang Wenbin:`, `Q`, `QUESTION:`, `A:`, `Reuters:`. A text counts as a transcript only if its labels behave like those
of a conversation, or if somebody answers a question of the press.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from detente.lexicon.askers import asks, is_answer_label, is_listed_outlet, is_question_label
from detente.lexicon.tables import data_folder, read_table, split
from detente.reading.labels import NOT_SPEAKERS, SMALL, SURNAMES, TITLES
from detente.records import Turn

_LABEL: Final = re.compile(
    r"[ \t>*_]{0,20}(?P<name>[^\W\d_][^\n:()\[\]\"“”;!?]{0,70}?)"
    r"[ \t]*(?P<note>[(\[][^()\[\]\n]{1,80}[)\]])?[ \t]*[*_]{0,2}:[*_]{0,2}(?=\s|$)",
    re.M,
)
_QUESTION: Final = re.compile(
    r"[ \t>*_]{0,20}(?P<name>Q\d{0,2})(?:[ \t]*(?P<note>[(\[][^()\[\]\n]{1,80}[)\]]))?"
    r"(?:[*_]{0,2}[:.][*_]{0,2}(?=\s)|(?=[ \t]))",
    re.M,
)
# Signs after the start of a line among which the colon of a label stands.
_LONGEST: Final = 240
_NOTE: Final = re.compile(r"[\s]*(?P<note>[(\[][^()\[\]\n]{1,80}[)\]])[ \t]*")
_INTERPRETED: Final = re.compile(r"\binterpret|\btranslat", re.I)
# The line that closes an official transcript: "END 1:05 P.M. EDT", or the time alone.
_END: Final = re.compile(
    r"^[ \t]*(?:\(?END\)?(?:[ \t]+\d{1,2}:\d{2}.*)?|# ?# ?#"
    r"|\d{1,2}:\d{2}[ \t]*[AP]\.?M\.?(?:[ \t]+[A-Z]{2,5})?)[ \t]*$",
    re.M,
)
# What shows that words after a label are a question.
_ASKING: Final = re.compile(r"\?|\b(?:comments?|response|reaction|ask|asked|wonder|question|tell us)\b", re.I)
_SPOKESPERSON: Final = re.compile(r"\bspokes(?:person|man|woman)\b", re.I)
# Words of a sentence at least; a line of credits has fewer.
_SENTENCE: Final = 6


@dataclass(frozen=True, slots=True)
class _Cue:
    name: str
    start: int
    said: int
    style: str  # "caps", "title", "question" or "answer"
    titled: bool
    interpreted: bool


def find_turns(text: str, *, expected: bool = False) -> tuple[Turn, ...]:
    """The speaker turns of a transcript in order, offsets into `text`; empty if the text is none.

    A turn's span is what is said, without the label, a note such as "(As interpreted.)" and white space around it.
    Questions of the press keep the label they have ("Q"). A text is a transcript if it has three turns or more, of two
    speakers or more, of whom one speaks again or two bear a title (names in ordinary letters need more), or if a
    question of the press is followed by an answer. `expected` (the heading says so, or the user) lets one turn with an
    unmistakable label do.
    """
    cues = _cues(text)
    cues = _conversation(cues, _exchanging(cues, text), expected)
    if not cues:
        return ()
    closing = [match.start() for match in _END.finditer(text)]
    turns = []
    for cue, following in zip(cues, (*cues[1:], None), strict=True):
        stop = following.start if following else len(text)
        stop = next((place for place in closing if cue.said <= place < stop), stop)
        said = text[cue.said : stop]
        note = _NOTE.match(said)
        interpreted = cue.interpreted
        start = cue.said
        if note and _INTERPRETED.search(note["note"]):
            interpreted, start = True, cue.said + note.end()
        said = text[start:stop]
        start += len(said) - len(said.lstrip())
        end = start + len(said.strip())
        if end > start:
            turns.append(Turn(cue.name, start, end, interpreted))
    return tuple(turns)


def _cues(text: str) -> list[_Cue]:
    found = []
    for start in _line_starts(text):
        if match := _QUESTION.match(text, start):
            found.append(_cue(match, "question", titled=True))
        elif ":" in text[start : start + _LONGEST] and (match := _LABEL.match(text, start)):
            name = match["name"].strip()
            style = "question" if is_question_label(name) else _style(name)
            if not style and is_answer_label(name) and found and found[-1].style == "question":
                style = "answer"
            if not style and asks(name):
                style = "title"
            if style:
                titled = any(word.strip(".").lower() in TITLES for word in name.split())
                found.append(_cue(match, style, titled=titled))
    return found


def _line_starts(text: str) -> Iterator[int]:
    start = 0
    while start >= 0:
        yield start
        start = text.find("\n", start) + 1 or -1


def _cue(match: re.Match[str], style: str, *, titled: bool) -> _Cue:
    note = match["note"] or ""
    name = match["name"].strip(" \t*_")
    return _Cue(name, match.start(), match.end(), style, titled, bool(_INTERPRETED.search(note)))


def _style(name: str) -> str:
    """How a label is written, "" if it cannot be a speaker's."""
    words = name.split()
    if not 1 <= len(words) <= 8 or (len(words) == 1 and name.endswith((".", ","))):
        return ""
    lowered = [word.strip(".,’'").lower() for word in words]
    surname = lowered[0] in SURNAMES and 2 <= len(words) <= 3 and all(word.istitle() for word in words)
    if (lowered[0] in NOT_SPEAKERS and not surname) or (len(words) > 1 and lowered[-1] in NOT_SPEAKERS):
        return ""
    full = [word for word in words if word.lower() not in SMALL] or words
    if all(_is_caps(word) for word in full):
        return "caps"
    if len(words) <= 6 and all(word[0].isupper() for word in full):
        return "title"
    return ""


def _is_caps(word: str) -> bool:
    """Upper case throughout, but for the "c" of McCARTHY and what follows an apostrophe."""
    letters = [char for char in word.removeprefix("Mc").removeprefix("Mac") if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def _exchanging(cues: list[_Cue], text: str) -> set[str]:
    """The labels of those who answer a question of the press, and of those who ask it; none if nobody answers."""
    puts = {cue.start for cue, following in pairwise(cues) if _ASKING.search(text, cue.said, following.start)}
    asking = {cue.start for cue in cues if asks(cue.name)}
    asking |= {
        cue.start for cue, following in pairwise(cues) if cue.start in puts and _SPOKESPERSON.search(following.name)
    }
    answering = {
        following.name
        for cue, following in pairwise(cues)
        if cue.start in asking
        and following.start not in asking
        and _may_answer(cue, following)
        and (cue.start in puts or _must_be_asking(cue, text[cue.start : cue.said], text[cue.said : following.start]))
    }
    if not answering:
        return set()
    # Papers that no table lists ask as well.
    before = {cue.name for cue, following in pairwise(cues) if cue.start in puts and following.name in answering}
    return answering | before | {cue.name for cue in cues if cue.start in asking or cue.titled}


def _may_answer(cue: _Cue, following: _Cue) -> bool:
    """Whether a label may be that of a person; a lone word after the name of a paper is a part or a place."""
    name = following.name.lower().removeprefix("the ")
    lone = len(name.split()) == 1 and following.style == "title" and not following.titled
    return name not in _places() and not (lone and is_listed_outlet(cue.name))


def _must_be_asking(cue: _Cue, label: str, said: str) -> bool:
    """Whether the label of an asker cannot be a part, a paper or a line of credits ("Reporter: Jo Vega")."""
    if ":" not in label:
        return False
    return cue.name[0] in "Qq" or (not is_listed_outlet(cue.name) and len(said.split()) >= _SENTENCE)


@cache
def _places() -> frozenset[str]:
    """Names of countries and capitals: with a colon, the place of a report."""
    rows = read_table(data_folder() / "countries.tsv", ("name", "aliases", "capitals"))
    names = (form for row in rows for cell in ("name", "aliases", "capitals") for form in split(row[cell]))
    return frozenset(name.lower() for name in names)


def _conversation(cues: list[_Cue], exchanging: set[str], expected: bool) -> list[_Cue]:
    """The cues that are turns; none if they do not make up a conversation."""
    turns = [cue for cue in cues if cue.style != "title"]
    mixed = [cue for cue in cues if cue.style == "title"]
    if exchanging:
        return [cue for cue in cues if cue.style != "title" or cue.name in exchanging]
    if len(mixed) > len(turns):
        # Names in ordinary letters are also those of quoted people, parts and fields. In a conversation somebody with
        # a title speaks, is answered, and speaks again; then the agencies that ask once count too.
        titled = {cue.name for cue in mixed if cue.titled}
        back = _returning(cues)
        known = titled if expected else set()
        if back and (expected or back & titled):
            known = {cue.name for cue in mixed}
        turns = [cue for cue in cues if cue.style != "title" or cue.name in known]
    speakers = Counter(cue.name.upper() for cue in turns)
    repeated = max(speakers.values(), default=0) > 1
    bearing = len({cue.name.upper() for cue in turns if cue.titled})
    if len(turns) >= 3 and len(speakers) >= 2 and (repeated or bearing >= 2):
        return turns
    return turns if expected and bearing else []


def _returning(cues: list[_Cue]) -> set[str]:
    """Who speaks again after somebody else has spoken."""
    last: dict[str, int] = {}
    found = set()
    for index, cue in enumerate(cues):
        if index - last.get(cue.name, index) > 1:
            found.add(cue.name)
        last[cue.name] = index
    return found
