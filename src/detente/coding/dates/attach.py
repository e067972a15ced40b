"""Which date is an event's? The time expression that modifies its clause, else one it inherits, else publication.

The order of search, first hit wins:
1. expressions on the trigger itself or on the light structure around it (the verb of an event noun, the object of a
verb);
2. participle clauses and coordinated verbs that share its subject;
3. the clause or noun above it (a relative clause takes the date of what it describes), if its own tense allows;
4. the event before it in the paragraph, when the narrative past goes on without a new date;
5. the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, DateMention
from detente.coding.tense import predicate_of, tense_of
from detente.records import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ON: Final = frozenset(
    {
        "on",
        "in",
        "at",
        "during",
        "over",
        "for",
        "of",
        "within",
        "throughout",
        "around",
        "about",
        "as",
        "from",
        "between",
        "this",
    }
)
_SPEECH = frozenset(
    {
        "say",
        "tell",
        "announce",
        "report",
        "state",
        "claim",
        "confirm",
        "add",
        "note",
        "write",
        "tweet",
        "declare",
        "reveal",
        "deny",
    }
)
# "postponed the trip until January": that is the trip's new day, not the day of the postponing.
_DEFERRING = frozenset(
    {"postpone", "delay", "reschedule", "adjourn", "put", "push", "extend", "suspend", "prolong", "move"}
)
# A news story tells of a day not further back than this, named in one of its first sentences.
_STORY = timedelta(days=4)
_LEAD = 3
_LIGHT_NOUN_DEPS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "attr", "obj"})
_LOOKS_AHEAD = frozenset({"planned", "possible", "hypothetical"})
# A noun's own "on Sunday" is taken for the verb's only when so near publication that the report must be of that
# day: the parser
# hangs "criticised the plan on Sunday" on either.
_NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class _Tie:
    """A time expression and where it hangs: the token it modifies and the preposition between, lower case or empty."""

    mention: DateMention
    at: int
    preposition: str

    def stands_at(self, index: int) -> bool:
        return self.at == index or self.mention.start <= index < self.mention.end


def date_for(analysis: Analysis, token_index: int, status: str | None = None) -> DateRange:
    """The days of the event whose trigger is a token.

    `status` (one of `records.STATUSES`, or None if not known) decides what stands in for a missing date: publication
    for
    what happened, from publication on for what is planned, up to the day before for what is historical; and a range is
    cut at publication on the side where such an event cannot lie. Without a day of publication and without an
    expression the range is open on both sides.
    """
    doc = analysis.doc
    token = doc[token_index]
    published = analysis.document.published
    sentence = analysis.sentence_at(token_index)
    ties = _ties(analysis, sentence.start, sentence.end)
    ahead = status in _LOOKS_AHEAD or (status is None and _future(token))
    for place, inherited in _places(token, ahead=ahead):
        here = [tie for tie in ties if tie.stands_at(place.i) and _usable(tie, token, place, published)]
        if here:
            return _range(analysis, here, status, inherited=inherited)
    if status not in _LOOKS_AHEAD and status != "cancelled":
        earlier = _narrative(analysis, token_index) or _story_day(analysis, token_index)
        if earlier is not None:
            return _fit(earlier, published, status)
    return _fallback(published, status)


def _fallback(published: date | None, status: str | None) -> DateRange:
    if published is None:
        return DateRange(None, None, "publication")
    if status in _LOOKS_AHEAD:
        return DateRange(published, None, "publication")
    if status == "historical":
        return DateRange(None, published - timedelta(days=1), "publication")
    return DateRange(published, published, "publication")


def _future(token: Token) -> bool:
    verb = predicate_of(token)
    return verb is not None and tense_of(verb).future


def _root(doc: Doc, start: int, end: int) -> Token:
    for token in doc[start:end]:
        if token.head.i == token.i or not start <= token.head.i < end:
            return token
    return doc[start]


def _ties(analysis: Analysis, start: int, end: int) -> list[_Tie]:
    """Where each time expression of a sentence hangs."""
    doc = analysis.doc
    found: list[_Tie] = []
    for mention in analysis.dates:
        if not start <= mention.start < end:
            continue
        if (mention.first is None and mention.last is None) or mention.timex == "SET" or mention.value == "PRESENT_REF":
            continue
        root = _root(doc, mention.start, mention.end)
        head, preposition = root.head, ""
        while head.i != root.i and (
            head.dep_ in ("prep", "pcomp", "mark") or (head.pos_ in ("ADP", "SCONJ", "ADV") and head.dep_ != "ROOT")
        ):
            preposition = preposition or head.lower_
            if head.head.i == head.i:
                break
            head = head.head
        if not preposition and mention.start and doc[mention.start - 1].pos_ in ("ADP", "SCONJ"):
            preposition = doc[mention.start - 1].lower_
        preceding = next((t for t in found if t.mention.start <= head.i < t.mention.end), None)
        if preceding is not None and preceding.preposition in ("between", "from"):
            # "between 2011 and 2013", "from May to July".
            preposition = "to"
        # "on Monday morning in a statement": a date that hangs on another date modifies what that one does.
        for other in analysis.dates:
            if other is not mention and other.start <= head.i < other.end:
                above = _root(doc, other.start, other.end).head
                while above.pos_ == "ADP" and above.head.i != above.i:
                    above = above.head
                head = above
                break
        found.append(_Tie(mention, head.i, preposition))
    return found


def _places(token: Token, *, ahead: bool) -> Iterator[tuple[Token, bool]]:
    """Tokens on which a date of this event may hang, nearest first, and whether that date would be inherited."""
    seen: set[int] = set()

    def fresh(place: Token) -> bool:
        if place.i in seen:
            return False
        seen.add(place.i)
        return True

    if fresh(token):
        yield token, False
    when = _when(token)
    if when is not None and fresh(when):
        yield when, True
    nominal = token.pos_ in ("NOUN", "PROPN")
    verb = token
    if nominal:
        # "talks in Beijing on Sunday": the date may hang on the place.
        for child in token.children:
            if child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and fresh(inner):
                        yield inner, False
        above = token
        steps = 0
        while above.dep_ in ("pobj", "prep", "conj", "compound", "appos", "poss", "amod", "nmod") and steps < 6:
            above = above.head
            steps += 1
            if (
                above.pos_ in ("NOUN", "PROPN")
                and above.dep_ != "ROOT"
                and token.dep_ in ("compound", "conj", "appos")
                and fresh(above)
            ):
                yield above, False
            if above.pos_ == "NOUN" and above.lemma_ in _MEASURES and fresh(above):
                yield above, False
        found = predicate_of(token.head) if token.head.i != token.i else None
        if found is None:
            return
        verb = found
        if token.dep_ in _LIGHT_NOUN_DEPS and fresh(verb):
            yield verb, verb.lemma_ in _SPEECH
    else:
        for child in token.children:
            if child.dep_ in ("dobj", "prep", "attr", "oprd", "dative", "agent", "advmod"):
                if child.dep_ == "dobj" and fresh(child):
                    yield child, False
                for inner in child.children:
                    if inner.dep_ == "prep" and inner.lower_ in ("at", "during", "in"):
                        inner = next((c for c in inner.children if c.dep_ == "pobj"), inner)
                    if inner.dep_ == "pobj" and inner.pos_ in ("PROPN", "NOUN", "PRON") and fresh(inner):
                        yield inner, False
    yield from _around(verb, fresh, ahead)


def _when(token: Token) -> Token | None:
    """In "their meeting in Bali last year, when they promised …": what stands before "when", if the clause is opened
    by it."""
    verb = predicate_of(token)
    if verb is None:
        return None
    opener = next((c for c in verb.lefts if c.lower_ == "when"), None)
    if opener is None or opener.i < 2 or opener.i == verb.sent.start:
        return None
    before = opener.nbor(-1)
    return before.nbor(-1) if before.is_punct else before


_MEASURES = frozenset({"day", "week", "month", "year", "decade", "hour", "series", "round", "number", "set"})


def _around(verb: Token, fresh: Callable[[Token], bool], ahead: bool) -> Iterator[tuple[Token, bool]]:
    """Participle clauses and coordinated verbs beside a verb, then the clauses and nouns above it."""
    for child in verb.children:
        if child.pos_ not in ("VERB", "AUX"):
            continue
        if child.dep_ == "xcomp":
            # "urged him to leave when they met": the parser hangs the clause on either verb.
            clauses = [c for c in child.children if c.dep_ == "advcl"]
        else:
            clauses = [child] if child.dep_ == "advcl" else []
        for clause in clauses:
            if any(c.lower_ == "when" for c in clause.lefts) and _simple_past(clause) != ahead and fresh(clause):
                yield clause, True
        if ahead:
            continue
        if child.dep_ == "advcl" and child.tag_ == "VBG":
            if not any(c.dep_ in ("mark", "prep") for c in child.lefts) and fresh(child):
                yield child, False
        elif child.dep_ == "conj" and child.tag_ == verb.tag_:
            own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
            if not own_subject and fresh(child):
                yield child, True
    current = verb
    for _ in range(8):
        head = current.head
        if head.i == current.i:
            return
        link = current.dep_
        if link in ("ccomp", "xcomp") and ahead:
            # "said on Sunday that he will visit": the day of the words is not the day of the visit.
            if link == "xcomp" and head.lemma_ in ("set", "schedule", "due", "expect", "plan", "slate") and fresh(head):
                yield head, False
            return
        if link in ("advcl",) and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in current.lefts):
            return
        if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN") and fresh(head):
            yield head, link not in ("conj", "xcomp", "pcomp", "aux")
        if link == "relcl" or (link == "acl" and head.pos_ in ("NOUN", "PROPN")):
            noun = head
            while noun.dep_ in ("pobj", "prep", "npadvmod", "conj", "appos", "compound") and noun.head.i != noun.i:
                noun = noun.head
                if noun.pos_ in ("NOUN", "PROPN") and fresh(noun):
                    yield noun, True
            return
        current = head


def _usable(tie: _Tie, token: Token, place: Token, published: date | None) -> bool:
    """Whether a tie at a place may date the trigger."""
    mention = tie.mention
    if mention.start <= token.i < mention.end:
        return False
    if mention.timex == "DURATION" and mention.direction == 0:
        return False
    if tie.preposition == "since" and any(
        t.tag_ in ("JJS", "RBS") or t.lower_ in ("first", "last")
        for t in token.sent[: max(mention.start - token.sent.start, 0)]
    ):
        # "the most senior official to visit since 2019": that is when it was last done.
        return False
    if tie.preposition in ("until", "till", "to") and token.lemma_ in _DEFERRING:
        return False
    if _is_measure(place, mention) and token.dep_ in ("nsubj", "nsubjpass"):
        return False
    if (
        place.i != token.i
        and token.pos_ in ("VERB", "AUX")
        and place.pos_ in ("NOUN", "PROPN", "PRON")
        and _below(place, token)
    ):
        # The date of an object or a place is the verb's only if it reads as an adverb.
        if tie.preposition == "of" or mention.first is None or published is None:
            return False
        possessive = mention.end <= place.i
        if place.head.lower_ in ("at", "during") and not possessive:
            # What was done at a summit was done when the summit was.
            return True
        return not possessive and abs(mention.first - published) <= _NEAR
    return True


def _is_measure(place: Token, mention: DateMention) -> bool:
    return mention.timex == "DURATION" and place.pos_ in ("VERB", "AUX")


def _below(place: Token, token: Token) -> bool:
    return bool(token.is_ancestor(place))


def _range(analysis: Analysis, ties: list[_Tie], status: str | None, *, inherited: bool) -> DateRange:
    """One range from the expressions at one place: "from Monday to Friday", "since 2019", else the most exact."""
    published = analysis.document.published
    starts = [t for t in ties if t.preposition in ("from", "since", "after", "between")]
    ends = [t for t in ties if t.preposition in ("to", "until", "till", "through", "by", "before")]
    plain = [t for t in ties if t not in starts and t not in ends]
    chosen: list[_Tie]
    if plain:
        best = min(plain, key=_width)
        chosen = [best]
        first, last = best.mention.first, best.mention.last
        if _width(best) > timedelta(days=1) and starts:
            chosen.append(starts[0])
            first = starts[0].mention.first
    elif starts and ends:
        chosen = [starts[0], ends[0]]
        first, last = starts[0].mention.first, ends[0].mention.last
    elif starts:
        chosen = [starts[0]]
        mention = starts[0].mention
        first, last = mention.first, mention.last
        if starts[0].preposition == "since":
            last = published if status not in _LOOKS_AHEAD else None
        elif starts[0].preposition == "after":
            first, last = mention.last, None if status in _LOOKS_AHEAD else published
        elif starts[0].preposition == "from" and first == last:
            last = None if status in _LOOKS_AHEAD or status == "ongoing" else last
    else:
        chosen = [ends[0]]
        mention = ends[0].mention
        last = mention.last
        first = published if published is not None and last is not None and published <= last else None
        if ends[0].preposition == "before" and mention.first is not None:
            last = mention.first - timedelta(days=1)
    if first is not None and first == last:
        last = _prolonged(analysis, chosen[0], first)
    basis = "inherited" if inherited else chosen[0].mention.basis
    text = analysis.span(min(t.mention.start for t in chosen), max(t.mention.end for t in chosen)).text
    if len(chosen) == 1:
        text = analysis.span(chosen[0].mention.start, chosen[0].mention.end).text
    return _fit(DateRange(first, last, basis, text), published, status)


def _prolonged(analysis: Analysis, tie: _Tie, first: date) -> date:
    """The last day of "a three-day visit from Monday" or "on Sunday for two days"."""
    doc = analysis.doc
    clause = predicate_of(doc[tie.at])
    for mention in analysis.dates:
        days = re.fullmatch(r"P(\d+)D", mention.value) if mention.timex == "DURATION" else None
        if days is None or clause is None or not 2 <= int(days[1]) <= 31:
            continue
        if (
            doc[mention.start].sent != doc[tie.at].sent
            or mention.end > tie.mention.start
            and mention.start < tie.mention.end
        ):
            continue
        above = predicate_of(doc[mention.start])
        adjective = "-" in doc[mention.start : mention.end].text
        before = doc[mention.start - 1].lower_ if mention.start else ""
        if above is not None and above.i == clause.i and (adjective or before == "for"):
            return first + timedelta(days=int(days[1]) - 1)
    return first


def _width(tie: _Tie) -> timedelta:
    mention = tie.mention
    if mention.first is None or mention.last is None:
        return timedelta.max
    return mention.last - mention.first


def _fit(found: DateRange, published: date | None, status: str | None) -> DateRange:
    """Cut a range at publication: what happened lies before its end, what is planned after its start."""
    first, last = found.start, found.end
    if published is None:
        return found
    if (
        status in ("happened", "historical", "ongoing")
        and last is not None
        and last > published
        and (first is None or first <= published)
    ):
        last = published
    if status in _LOOKS_AHEAD and first is not None and first < published and (last is None or last >= published):
        first = published
    return DateRange(first, last, found.basis, found.text)


def _narrative(analysis: Analysis, token_index: int) -> DateRange | None:
    """The date of the sentence before in the paragraph, when both tell in the simple past and this one has no date."""
    doc = analysis.doc
    verb = predicate_of(doc[token_index])
    if verb is None or not _simple_past(verb):
        return None
    sentence = analysis.sentence_at(token_index)
    for index in range(sentence.index - 1, max(sentence.index - 6, -1), -1):
        before = analysis.sentences[index]
        if before.paragraph != sentence.paragraph or before.turn != sentence.turn:
            return None
        root = next((t for t in doc[before.start : before.end] if t.dep_ == "ROOT"), None)
        if root is None or not _simple_past(root):
            return None
        here = [
            t for t in _ties(analysis, before.start, before.end) if t.at == root.i and t.mention.timex != "DURATION"
        ]
        if here:
            found = _range(analysis, here, "happened", inherited=True)
            return found if found.start is not None else None
    return None


def _story_day(analysis: Analysis, token_index: int) -> DateRange | None:
    """The day of which the news tells: that of the first dated event in the simple past in the first paragraphs, if it lies a
    few days back at most. Morning papers tell of the day before."""
    published = analysis.document.published
    if published is None or analysis.document.kind not in ("news", "readout", "statement"):
        return None
    verb = predicate_of(analysis.doc[token_index])
    if verb is None or not _simple_past(verb) or analysis.sentence_at(token_index).zone != "body":
        return None
    body = [s for s in analysis.sentences if s.zone == "body"][:_LEAD]
    for sentence in body:
        for tie in _ties(analysis, sentence.start, sentence.end):
            first, last = tie.mention.first, tie.mention.last
            if first is None or first != last or tie.preposition not in _ON | {""}:
                continue
            at = analysis.doc[tie.at]
            if at.pos_ == "VERB" and _simple_past(at) and timedelta(0) <= published - first <= _STORY:
                text = analysis.span(tie.mention.start, tie.mention.end).text
                return DateRange(first, first, "inherited", text)
    return None


def _simple_past(verb: Token) -> bool:
    tense = tense_of(verb)
    return tense.time == "past" and not tense.perfect
