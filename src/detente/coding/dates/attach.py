"""Which date is an event's? The time expression that modifies its clause, else one it inherits, else publication.

The order of search, first hit wins:
1. expressions on the trigger itself or on the light structure around it (verb of an event noun, object of a verb);
2. participle clauses and coordinated verbs that share its subject;
3. the clause or noun above it (a relative clause takes the date of what it describes), if its own tense allows;
4. the event before it in the paragraph, when the narrative past goes on without a new date;
5. the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from detente.coding.analysis import Analysis, DateMention, Sentence, beginning
from detente.coding.dates.calendar import shift
from detente.coding.dates.hooks import places_of, simple_past
from detente.coding.dates.ties import Tie, ties_of
from detente.coding.tense import predicate_of, tense_of
from detente.records import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Token

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
# "postponed the trip until January": that is the trip's new day, not the day of the postponing.
_DEFERRING = frozenset(
    {"postpone", "delay", "reschedule", "adjourn", "put", "push", "extend", "suspend", "prolong", "move"}
)
# Verbs that only speak of their object, and prepositions before another time than the verb's own.
_TOPICAL = frozenset({"discuss", "debate", "raise", "review", "address"})
_OTHER_TIME = frozenset({"after", "before", "since", "until", "following"})
_PREVIOUSLY = frozenset({"last"})
_PREVIOUS = frozenset({"last", "previous", "past"})
# A news story tells of a day not further back than this, named in one of its first sentences.
_STORY = timedelta(days=2)
_LEAD = 3
# Tokens from a name to the day behind it.
_BEHIND = 6
# What the hearers know already is no part of the story that is told.
_KNOWN: Final = re.compile(
    r"\bas (?:you|we|many of you)(?: all)?(?: may| might| will|'ll)? (?:know|recall|remember)\b", re.I
)
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_LOOKS_AHEAD = frozenset({"planned", "possible", "hypothetical"})
# A noun's own "on Sunday" is taken for the verb's only when so near publication that the report must be of that
# day: the parser hangs "criticised the plan on Sunday" on either.
_NEAR = timedelta(days=14)
_FAR_AHEAD = timedelta(days=270)


def date_for(analysis: Analysis, token_index: int, status: str | None = None) -> DateRange:
    """The days of the event whose trigger is a token.

    `status` (one of `records.STATUSES`, or None if not known) decides what stands in for a missing date: publication
    for what happened, from publication on for what is planned, up to the day before for what is historical; and a
    range is cut at publication on the side where such an event cannot lie. Without a day of publication and without an
    expression the range is open on both sides.
    """
    doc = analysis.doc
    token = doc[token_index]
    published = analysis.document.published
    earlier_than = _governing(token)
    if earlier_than is not None:
        later = date_for(analysis, earlier_than.i, "happened")
        if later.start is not None:
            return DateRange(None, shift(later.start, -1, "D"), "inherited", later.text)
    sentence = analysis.sentence_at(token_index)
    ties = ties_of(analysis, sentence.start, sentence.end)
    ahead = status in _LOOKS_AHEAD or (status is None and _future(token))
    own = _behind_name(ties, token)
    if own is not None:
        return _range(analysis, [own], status, inherited=False)
    for place, inherited in places_of(token, ahead=ahead):
        here = [tie for tie in ties if tie.stands_at(place.i) and _usable(tie, token, place, published)]
        if here:
            return _range(analysis, here, status, inherited=inherited)
    opening = _opening(ties, token, sentence.start)
    if opening is not None:
        return _range(analysis, [opening], status, inherited=False)
    if status not in _LOOKS_AHEAD and _before_this(token):
        return DateRange(None, shift(published, -1, "D") if published else None, "publication")
    if status not in _LOOKS_AHEAD and status != "cancelled":
        earlier = _narrative(analysis, token_index) or _story_day(analysis, token_index)
        if earlier is not None:
            return _fit(earlier, published, status)
    return _fallback(published, status)


def _behind_name(ties: Iterable[Tie], token: Token) -> Tie | None:
    """ "met X on Monday and Y in Rome on Tuesday": the day of the second meeting, of which a name is the trigger; the
    parser hangs it on the verb."""
    if token.pos_ != "PROPN" or token.ent_type_ in ("DATE", "TIME"):
        return None
    return next((tie for tie in ties if token.i < tie.mention.start <= token.i + _BEHIND), None)


def _governing(token: Token) -> Token | None:
    """ "met a month after they had sat together": the verb before whose deed the token's lies, if its own clause has no
    date."""
    if token.dep_ != "advcl" or token.pos_ != "VERB" or token.head.pos_ != "VERB":
        return None
    perfect = any(child.dep_ == "aux" and child.lower_ == "had" for child in token.children)
    after = any(child.dep_ == "mark" and child.lower_ == "after" for child in token.children)
    dated = any(inner.ent_type_ == "DATE" for inner in token.subtree if inner.i > token.i)
    return token.head if perfect and after and not dated else None


def _opening(ties: list[Tie], token: Token, start: int) -> Tie | None:
    """The date that opens the sentence ("On 18 April Moscow ordered …"), lost where the parser tied it to a name."""
    main = token
    while main.dep_ == "conj" and main.head.i != main.i:
        main = main.head
    if main.dep_ != "ROOT":
        return None
    return next((tie for tie in ties if tie.mention.first is not None and tie.mention.start - start <= 1), None)


def _fallback(published: date | None, status: str | None) -> DateRange:
    if published is None:
        return DateRange(None, None, "publication")
    if status in _LOOKS_AHEAD:
        return DateRange(published, None, "publication")
    if status == "historical":
        return DateRange(None, shift(published, -1, "D"), "publication")
    return DateRange(published, published, "publication")


def _before_this(token: Token) -> bool:
    """Words that put an event before what is told, on no day in particular: "last met in Oslo", "a previous visit"."""
    words = _PREVIOUSLY if token.pos_ in ("VERB", "AUX") else _PREVIOUS
    return any(
        child.lower_ in words and child.i < token.i and child.dep_ in ("advmod", "amod") for child in token.children
    )


def _future(token: Token) -> bool:
    verb = predicate_of(token)
    return verb is not None and tense_of(verb).future


def _usable(tie: Tie, token: Token, place: Token, published: date | None) -> bool:
    """Whether a tie at a place may date the trigger."""
    mention = tie.mention
    if mention.start <= token.i < mention.end:
        return False
    if mention.timex == "DURATION" and mention.direction == 0:
        return False
    if published and _recalls(mention, published):
        return False
    if place.dep_ == "pobj" and place.head.lower_ == "with" and place.i != token.i and mention.end <= place.i:
        # "met with the 2022 chair"
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
        if token.lemma_ in _TOPICAL or place.head.lower_ in _OTHER_TIME:
            # "discussed the summit in May", "will talk more after the summit in May".
            return False
        # The date of an object or a place is the verb's only if it reads as an adverb.
        if tie.preposition == "of" or mention.first is None or published is None:
            return False
        possessive = mention.end <= place.i
        if place.head.lower_ in ("at", "during") and not possessive:
            # What was done at a summit was done when the summit was.
            return True
        return not possessive and abs(mention.first - published) <= _NEAR
    return True


def _recalls(mention: DateMention, published: date) -> bool:
    """Whether a day without its year is read as one so far ahead that it must recall the last one."""
    day = mention.first if mention.first == mention.last else None
    return mention.basis == "relative" and day is not None and day - published > _FAR_AHEAD


def _is_measure(place: Token, mention: DateMention) -> bool:
    return mention.timex == "DURATION" and place.pos_ in ("VERB", "AUX")


def _below(place: Token, token: Token) -> bool:
    return bool(token.is_ancestor(place))


def _range(analysis: Analysis, ties: list[Tie], status: str | None, *, inherited: bool) -> DateRange:
    """One range from the expressions at one place: "from Monday to Friday", "since 2019", else the most exact."""
    published = analysis.document.published
    starts = [t for t in ties if t.preposition in ("from", "since", "after", "between")]
    ends = [t for t in ties if t.preposition in ("to", "until", "till", "through", "by", "before")]
    plain = [t for t in ties if t not in starts and t not in ends]
    chosen: list[Tie]
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
        if ends[0].preposition == "before" and mention.first is not None and not _is_end(analysis, mention):
            last = shift(mention.first, -1, "D")
    if first is not None and first == last:
        last = _prolonged(analysis, chosen[0], first)
    basis = "inherited" if inherited else chosen[0].mention.basis
    text = analysis.span(min(t.mention.start for t in chosen), max(t.mention.end for t in chosen)).text
    if len(chosen) == 1:
        text = analysis.span(chosen[0].mention.start, chosen[0].mention.end).text
    if first == published and any(t.mention.direction > 0 or t.preposition in ("by", "before") for t in chosen):
        # "The trip later this month": not cut at the day on which it is told.
        return DateRange(first, last, basis, text)
    return _fit(DateRange(first, last, basis, text), published, status)


def _is_end(analysis: Analysis, mention: DateMention) -> bool:
    """ "Before the end of the year": all of it."""
    return any(token.lower_ in ("end", "close") for token in analysis.doc[mention.start : mention.end])


def _prolonged(analysis: Analysis, tie: Tie, first: date) -> date:
    """The last day of "a three-day visit from Monday" or "on Sunday for two days"."""
    doc = analysis.doc
    clause = predicate_of(doc[tie.at])
    sentence = doc[tie.at].sent
    for mention in beginning(analysis.dates, sentence.start, sentence.end):
        days = re.fullmatch(r"P(\d+)D", mention.value) if mention.timex == "DURATION" else None
        if days is None or clause is None or not 2 <= int(days[1]) <= 31:
            continue
        if mention.end > tie.mention.start and mention.start < tie.mention.end:
            continue
        above = predicate_of(doc[mention.start])
        adjective = "-" in doc[mention.start : mention.end].text
        before = doc[mention.start - 1].lower_ if mention.start else ""
        if above is not None and above.i == clause.i and (adjective or before == "for"):
            return shift(first, int(days[1]) - 1, "D")
    return first


def _width(tie: Tie) -> timedelta:
    mention = tie.mention
    if mention.first is None or mention.last is None:
        return timedelta.max
    return mention.last - mention.first


def _fit(found: DateRange, published: date | None, status: str | None) -> DateRange:
    """Cut a range at publication: what happened lies before its end, what is planned after its start."""
    first, last = found.start, found.end
    if first is not None and last is not None and last < first:
        # "from last week to 4000 years ago": two dates misread as one range; the first is kept.
        found, last = DateRange(first, None, found.basis, found.text), None
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
    if verb is None or not simple_past(verb):
        return None
    sentence = analysis.sentence_at(token_index)
    if _KNOWN.search(doc[sentence.start : sentence.end].text):
        return None
    if sentence.turn is not None and not any(c.dep_ in _SUBJECTS and c.pos_ == "PRON" for c in verb.children):
        # Who talks goes from one thing to another; with "he", "they" it is still the same.
        return None
    for index in range(sentence.index - 1, max(sentence.index - 6, -1), -1):
        before = analysis.sentences[index]
        if before.paragraph != sentence.paragraph or before.turn != sentence.turn:
            return None
        root = next((t for t in doc[before.start : before.end] if t.dep_ == "ROOT"), None)
        if root is None or not simple_past(root):
            return None
        here = [
            t for t in ties_of(analysis, before.start, before.end) if t.at == root.i and t.mention.timex != "DURATION"
        ]
        if here:
            found = _range(analysis, here, "happened", inherited=True)
            if _looks_back(analysis, found) and _goes_elsewhere(analysis, verb, before):
                return None
            return found if found.start is not None else None
    return None


def _looks_back(analysis: Analysis, found: DateRange) -> bool:
    published = analysis.document.published
    return published is not None and found.end is not None and published - found.end > _NEAR


def _goes_elsewhere(analysis: Analysis, verb: Token, before: Sentence) -> bool:
    """Whether the subject is a state or person of one of whom the sentence before did not speak.

    Where that looked back ("was freed in May"), a new doer takes up the news again.
    """
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    mention = analysis.mention_at(subject.i) if subject is not None else None
    if mention is None or mention.kind == "pronoun":
        return False
    countries = {actor.country for actor in mention.actors}
    told = {a.country for m in beginning(analysis.mentions, before.start, before.end) for a in m.actors}
    return bool(countries) and None not in countries and not countries & told


def _story_day(analysis: Analysis, token_index: int) -> DateRange | None:
    """The day of which the news tells: that of the first dated event in the simple past in the first sentences, or
    in the deck, if it lies a few days back at most. Morning papers tell of the day before."""
    published = analysis.document.published
    if published is None or analysis.document.kind not in ("news", "readout", "statement"):
        return None
    verb = predicate_of(analysis.doc[token_index])
    if verb is None or not simple_past(verb) or analysis.sentence_at(token_index).zone != "body":
        return None
    lead = islice((s for s in analysis.sentences if s.zone == "body"), _LEAD)
    for sentence in (*lead, *(s for s in analysis.sentences if s.zone == "deck")):
        for tie in ties_of(analysis, sentence.start, sentence.end):
            first, last = tie.mention.first, tie.mention.last
            if first is None or first != last or tie.preposition not in _ON | {""}:
                continue
            # "posed for a photo on Monday": a preposition may hang on the noun.
            at = predicate_of(analysis.doc[tie.at]) if tie.preposition else analysis.doc[tie.at]
            if at is None or at.pos_ != "VERB" or at.dep_ in ("relcl", "acl", "advcl"):
                continue
            if simple_past(at) and timedelta(0) <= published - first <= _STORY:
                text = analysis.span(tie.mention.start, tie.mention.end).text
                return DateRange(first, first, "inherited", text)
    return None
