"""What the officials of each side say, by issue: first said, repeated, put in other words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log
from typing import Final

from detente.analysis import desk
from detente.analysis.brief_assurances import joint_statements
from detente.analysis.brief_deeds import deeds_in_brief, governs
from detente.analysis.brief_frame import POINTING, Frame, quoted
from detente.analysis.brief_model import Cell, Line, Row, Section
from detente.analysis.evidence import sentence_around
from detente.analysis.wording import content_words, is_reworded, says_the_same
from detente.lexicon import load_lexicon
from detente.lexicon.entries import Country
from detente.records import Statement
from detente.relations import Telling

_DEFAULT: Final = "bilateral relations"
_CAP: Final = 6
_EACH: Final = 2
_FEWEST_WORDS, _MOST_WORDS = 6, 60
# Between the verb of saying and what is said: at most "to reporters on Monday that".
_GAP: Final = 60
_SENTENCE: Final = 280
_JOINT: Final = re.compile(
    r"^(?:They|Both|The two|The (?:\w+ )?(?:sides|parties|ministers|leaders|presidents|officials))\b", re.IGNORECASE
)
_YOU: Final = re.compile(r"\b[Yy]ou(?:r)?\b")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that one side says on one issue: its tellings, the earliest first."""

    side: str
    issue: str
    tellings: tuple[Telling, ...]

    @property
    def first(self) -> date:
        return said_on(self.tellings[0])

    @property
    def last(self) -> date:
        return said_on(self.tellings[-1])


def said_on(telling: Telling) -> date:
    """The day it was said: its own date if that is known and not after publication, else that of publication."""
    own, published = telling.statement.date, telling.source.published
    if own and own.start and own.basis != "publication" and own.start == own.end:
        return min(own.start, published) if published else own.start
    return published or date.min


def messages(frame: Frame) -> tuple[Message, ...]:
    """What officials of the two sides say to or of each other, tellings of one message put together."""
    fit = sorted(_fit(frame), key=lambda t: (said_on(t), t.statement.document, t.statement.content.start))
    made = []
    for side in frame.dossier.dyad:
        for cluster in _clusters([telling for telling in fit if telling.statement.side == side]):
            issues = [_issue(telling.statement) for telling in reversed(cluster)]
            made.append(Message(side, next((i for i in issues if i != _DEFAULT), _DEFAULT), tuple(cluster)))
    return tuple(made)


def _clusters(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Tellings sorted by message: each joins the first whose first or last wording says the same."""
    clusters: list[list[Telling]] = []
    wordings: list[list[frozenset[str]]] = []
    by_word: dict[str, set[int]] = defaultdict(set)
    for telling in tellings:
        words = content_words(telling.statement.content.text)
        shared = Counter(number for word in words for number in by_word[word])
        likely = sorted(number for number, count in shared.items() if 2 * count >= len(words))
        at = next((n for n in likely if any(says_the_same(words, w) for w in (wordings[n][0], wordings[n][-1]))), None)
        if at is None:
            at = len(clusters)
            clusters.append([])
            wordings.append([])
        clusters[at].append(telling)
        wordings[at].append(words)
        for word in words:
            by_word[word].add(at)
    return clusters


def _fit(frame: Frame) -> Iterable[Telling]:
    shown = _shown_elsewhere(frame)
    joint = joint_statements(frame.dossier.tellings)
    about = _Aboutness(frame)
    for telling in frame.dossier.tellings:
        statement = telling.statement
        if statement.side not in frame.dossier.dyad or statement.forecast:
            continue
        if telling.source.reprint_of is not None or not is_official(telling) or statement.id in joint:
            continue
        if not _FEWEST_WORDS <= len(statement.content.text.split()) <= _MOST_WORDS:
            continue
        if (statement.document, statement.sentence) in shown or not about(statement):
            continue
        if _is_spoken_to(frame, statement) or _JOINT.search(sentence_of(frame, statement)):
            continue
        # "Refused to sit down" is a deed told by a verb of speech.
        if statement.form != "direct" and statement.content.text.startswith("to "):
            continue
        if statement.form == "direct" and statement.content.text.split()[0].strip("\"“‘'").lower() in POINTING:
            continue
        yield telling


def _issue(statement: Statement) -> str:
    """The first issue that the words themselves name; what only the rest of the sentence names was not spoken of."""
    named = dict(statement.why).get("issues", "content").startswith("content")
    return statement.issues[0] if statement.issues and named else _DEFAULT


def is_official(telling: Telling) -> bool:
    """Whether the speaker holds office or speaks for those who do. A bare country speaks only in its own account; "a
    commander" is nobody."""
    statement = telling.statement
    actor = statement.speaker.actor if statement.speaker else None
    if actor is None or actor.role not in ("party", "spokesperson"):
        return False
    if desk.detail(actor) == 0:
        return telling.source.side == statement.side
    if desk.detail(actor) == 1 and actor.id.partition(":")[2] not in _bodies():
        return False
    return actor.role == "spokesperson" or governs(actor)


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    """The bodies of a state that the lexicon knows: ministries, parliaments and the like."""
    return frozenset(institution.body for institution in load_lexicon().institutions)


def _is_spoken_to(frame: Frame, statement: Statement) -> bool:
    """Whether it is what an interviewer says: a question, or words to "you"."""
    if frame.asked(statement.content):
        return True
    return statement.form != "direct" and bool(_YOU.search(sentence_of(frame, statement)))


def _shown_elsewhere(frame: Frame) -> set[tuple[str, int]]:
    """Sentences (document, number) that tell a commitment or a deed: shown with those, and not again."""
    told = [r for commitment in frame.dossier.commitments for r in commitment.reports]
    told += [r for episode in deeds_in_brief(frame) for r in episode.reports]
    events = [frame.dossier.reports[r].event for r in told if r in frame.dossier.reports]
    promised = {number for commitment in frame.dossier.commitments for number in commitment.tellings}
    statements = [t.statement for t in frame.dossier.tellings if t.statement.id in promised]
    return {(e.document, e.sentence) for e in events} | {(s.document, s.sentence) for s in statements}


class _Aboutness:
    """Whether a statement is to or of the other side: its addressee, its sentence or the title of its document says so,
    or it is from a readout of a meeting of the two, or from news of one whose speaker took part in it."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._there: dict[str, set[str]] = defaultdict(set)
        for contact in frame.dossier.contacts:
            for document in contact.documents:
                self._there[document].update(actor.id for actor in contact.participants)
        countries = load_lexicon().countries
        self._forms = {iso: _forms(countries[iso]) for iso in frame.dossier.dyad if iso in countries}

    def __call__(self, statement: Statement) -> bool:
        other = next(country for country in self._frame.dossier.dyad if country != statement.side)
        if statement.addressee is not None and statement.addressee.actor.country == other:
            return True
        source = self._frame.dossier.sources.get(statement.document)
        there = self._there.get(statement.document)
        if there and source is not None and source.kind == "readout":
            return True
        speaker = statement.speaker.actor.id if statement.speaker else None
        if there and speaker in there and source is not None and source.kind == "news":
            return True
        sentence = sentence_of(self._frame, statement)
        forms = self._forms.get(other)
        return forms is not None and bool(forms.search(f"{sentence} {(source and source.title) or ''}"))


def _forms(country: Country) -> re.Pattern[str]:
    """The names of a country, of its people and of its capital."""
    names = {country.name, *(form.lstrip("?") for form in country.adjectives), *country.capitals}
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True)))


def sentence_of(frame: Frame, statement: Statement) -> str:
    """The sentence of the stored text that holds the words, or the words if there is no text."""
    text = frame.dossier.texts.get(statement.document)
    if text is None:
        return statement.content.text
    start, end = sentence_around(text, statement.content.start, statement.content.end)
    return text[start:end]


def _merit(message: Message) -> float:
    """How telling a message is for a reader: often told, by the high, direct, outspoken, plain by itself."""
    statement = message.tellings[-1].statement
    speaker = statement.speaker
    documents = len({t.statement.document for t in message.tellings})
    words = statement.content.text.split()
    merit = log(1 + documents) + abs(statement.tone) + (0.3 if statement.form == "direct" else 0.0)
    merit += max(0.0, 0.8 - 0.1 * desk.rank(speaker.actor)) if speaker else 0.0
    # Words put into its mouth by the other side's account count less than its own.
    merit -= 0.6 if message.tellings[-1].source.side not in (None, message.side) else 0.0
    merit -= 0.4 if len(words) < 8 or len(words) > 40 else 0.0
    return merit


def words_section(frame: Frame) -> Section:
    """One row an issue, one column a side; the messages of the period, the latest last."""
    dossier = frame.dossier
    board: dict[str, dict[str, list[Message]]] = defaultdict(lambda: defaultdict(list))
    for message in messages(frame):
        if dossier.within(message.last, message.last) and _merit(message) > 0:
            board[message.issue][message.side].append(message)
    ordered = sorted(board, key=lambda issue: (issue == _DEFAULT, -_interest(board[issue]), issue))

    def make(issue: str) -> Row:
        sides = (_cell(frame, board[issue][country]) for country in dossier.dyad)
        return Row(((Line(_heading(issue), style="strong"),), *sides))

    one, other = (frame.name(country) for country in dossier.dyad)
    columns = (("Issue", 3), (one, 8), (other, 8))
    about = "What officials of each side say to or of the other."
    empty = "No statement of an official of either side is filed for these days."
    return frame.section("words", "Each side's words", columns, ordered, make, _CAP, "statements", empty, about)


def _heading(issue: str) -> str:
    return "The relation, and other matters" if issue == _DEFAULT else desk.capital(issue)


def _interest(sides: dict[str, list[Message]]) -> float:
    """Issues on which both speak come first, then those of which more is said."""
    best = [max((_merit(m) for m in found), default=0.0) for found in sides.values() if found]
    return sum(best) + 0.1 * sum(len(found) for found in sides.values())


def _cell(frame: Frame, found: Sequence[Message]) -> Cell:
    chosen = sorted(sorted(found, key=_merit, reverse=True)[:_EACH], key=lambda message: message.last)
    return tuple(line for message in chosen for line in _lines(frame, message))


def _lines(frame: Frame, message: Message) -> Iterable[Line]:
    latest, first = message.tellings[-1], message.tellings[0]
    statement = latest.statement
    name = desk.full_name(statement.speaker.actor) if statement.speaker else frame.name(message.side)
    yield Line(f"{name}, {desk.day(message.last)}", style="strong")
    yield Line(_words(frame, statement), (frame.citer.cite(statement.content),), "quote")
    if latest.source.side not in (None, message.side):
        yield Line(f"as told by {frame.the(latest.source.side or '')}", style="dim")
    documents = len({t.statement.document for t in message.tellings})
    if message.first < message.last:
        yield Line(
            f"first said {desk.day(message.first)}, told in {desk.counted(documents, 'document')} since",
            (frame.citer.cite(first.statement.content),),
            "dim",
        )
        if is_reworded(content_words(first.statement.content.text), content_words(statement.content.text)):
            yield Line("wording changed; at first: " + quoted(first.statement.content.text, 140), style="dim")


def _words(frame: Frame, statement: Statement) -> str:
    """Direct speech as it stands; reported speech in its sentence or, if that is long, with its verb."""
    text = frame.dossier.texts.get(statement.document)
    cue, content = statement.cue, statement.content
    if statement.form != "direct" and text:
        start, end = sentence_around(text, content.start, content.end)
        if end - start <= _SENTENCE:
            return quoted(text[start:end], _SENTENCE)
    if statement.form != "direct" and cue and text and 0 <= content.start - cue.end <= _GAP:
        return quoted("… " + text[cue.start : content.end])
    return quoted(content.text)
