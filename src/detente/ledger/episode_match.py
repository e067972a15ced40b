"""Whether two reports may tell the same event (hard conditions), and how alike they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from detente.coding.dates.calendar import shift
from detente.ledger.episode_profile import VERBAL, Profile

# News is published on the day of what it tells or within three days, seldom before it (time zones).
LAG: Final = 3
# Accounts in other time zones differ by a day.
SLACK: Final = 1
# Two reports without a date of their own tell the same news if published this near to each other.
NEWS: Final = 2
# What is still to come is told again for a month.
PLANS: Final = 30
# Governments say what they stand ready for in the same words again and again.
PHRASES: Final = 7
_SAID_DAILY: Final = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
# Talks in a town are referred to by it for so long.
REMEMBERED: Final = 300
# Least likeness (see `likeness`), chosen on the dyad USA-CHN of the tracker's first half year (development data).
ENOUGH: Final = 1.0
# More than any likeness: the same sentence in a reprint.
REPRINT: Final = 9.0


def may_be_same(one: Profile, other: Profile, *, dated: bool = True) -> bool:
    """Whether nothing in the two contradicts that they tell one event; `dated` is whether days count."""
    return (
        one.family == other.family
        and one.group == other.group
        and (one.towards is None or other.towards is None or one.towards == other.towards or _meets(one, other))
        and _people_fit(one, other)
        and _third_fit(one, other)
        and _modes_fit(one, other)
        and _places_fit(one, other)
        and (not dated or days_fit(one, other))
    )


def likeness(one: Profile, other: Profile) -> float:
    """How much speaks for one event, from 0; `ENOUGH` is enough. May only be asked where nothing contradicts it.

    Deeds are known by who, when and where; words by what they are about.
    """
    words = _overlap(one.stems, other.stems)
    near = _same_day(one, other)
    shared = sum(bool(one.persons[c] & other.persons[c]) for c in one.persons)
    town = _same_town(one, other)
    if one.family in ("CONSULT", "VISIT"):
        # A day in the words marks a meeting well: two countries seldom meet twice a day unnoticed. Plans of the same
        # two may be several.
        who = (0.45 if one.group == "open" else 0.9 if one.family == "VISIT" else 0.6) * shared
        day = 0.7 * near + 0.05 * (one.hard and other.hard)
        where = max(0.6 * town, 0.4 * _abroad(one, other))
        return who + day + where + 0.2 * (one.mode == other.mode is not None) + words + _went_on(one, other)
    if one.family in VERBAL:
        if _same_sentence(one, other) or (one.issues and other.issues and not one.issues & other.issues):
            return 0.0
        events = one.report.event, other.report.event
        if one.channel is not None and one.channel == other.channel:
            words += 0.4
        if {event.mode for event in events} == {"meet"}:
            # Trips and talks called off are told apart like trips and talks.
            words += 0.25 * shared
        act = 0.1 * (events[0].type == events[1].type)
        return 2.2 * words + 0.15 * bool(one.issues & other.issues) + 0.1 * near + 0.1 * shared + act
    return 1.5 * words + 0.4 * near + 0.3 * town + 0.2 * shared


def days_fit(one: Profile, other: Profile) -> bool:
    """Whether both can have been on the same day: hard days overlap but for a day, soft ones come with the news."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    apart = abs((one.published - other.published).days) if one.published and other.published else 0
    if one.group != "done" and apart > (PHRASES if one.family in VERBAL else PLANS):
        return False
    if one.hard and other.hard:
        slack = 0 if one.wide or other.wide else SLACK
        return _gap(one.first, one.last, other.first, other.last) <= slack
    if not one.hard and not other.hard:
        # Spokespersons say the same again the day after: that is said anew.
        slack = 0 if one.family in _SAID_DAILY else SLACK if one.family in VERBAL else NEWS
        return _gap(one.first, one.last, other.first, other.last) <= slack
    firm, soft = (one, other) if one.hard else (other, one)
    assert firm.first and firm.last and soft.first and soft.last
    return _gap(shift(firm.first, -SLACK, "D"), shift(firm.last, LAG, "D"), soft.first, soft.last) <= 0


def _went_on(one: Profile, other: Profile) -> float:
    """ "They also exchanged views on": what a text tells without names of those whose meeting it tells is of that one,
    in a readout all but surely."""
    first, second = one.report, other.report
    if first.event.document != second.event.document or bool(one.named) == bool(other.named):
        return 0.0
    return 1.0 if first.source.kind == "readout" else 0.5


def _same_town(one: Profile, other: Profile) -> bool:
    return one.place is not None and other.place is not None and one.place[1] == other.place[1] is not None


def _abroad(one: Profile, other: Profile) -> bool:
    """Whether both are set in the same third country."""
    if one.place is None or other.place is None:
        return False
    return one.place[0] == other.place[0] and one.place[0] not in one.persons


def _same_sentence(one: Profile, other: Profile) -> bool:
    """A sentence that says two things says two things."""
    first, second = one.report.event, other.report.event
    return (first.document, first.sentence) == (second.document, second.sentence)


def looks_back(soft: Profile, firm: Profile) -> bool:
    """ "since their meeting in Bali": without a day, of the same two in the same place, it is the last one there."""
    if soft.hard or not firm.hard or soft.first is None or firm.last is None:
        return False
    there = _same_town(soft, firm) or _abroad(soft, firm)
    met = (
        firm.family == soft.family == "CONSULT" and firm.group == soft.group == "done" and _meets(soft, firm) and there
    )
    return met and timedelta(LAG) < soft.first - firm.last <= timedelta(REMEMBERED)


def _gap(start: date, end: date, first: date, last: date) -> int:
    """Days between two ranges, 0 if they overlap."""
    return max((first - end).days, (start - last).days, 0)


def _same_day(one: Profile, other: Profile) -> bool:
    """Whether both give days, and the same, in short ranges."""
    if not (one.hard and other.hard) or one.wide or other.wide:
        return False
    assert one.first and one.last and other.first and other.last
    return _gap(one.first, one.last, other.first, other.last) == 0


def _meets(one: Profile, other: Profile) -> bool:
    """Whether both tell of a meeting of the same two: then who came to whom, and where, may be told both ways."""
    return one.family == "CONSULT" and all(one.persons[c] & other.persons[c] for c in one.persons)


def _people_fit(one: Profile, other: Profile) -> bool:
    """No country is there with somebody else, or with somebody of another trade."""
    for country, people in one.persons.items():
        others = other.persons[country]
        if people and others:
            # A list ("met A, B and C") is no report of the meeting with A.
            if 2 * len(people & others) < len(people | others):
                return False
        elif one.domains[country] and other.domains[country] and not one.domains[country] & other.domains[country]:
            return False
    return True


def _third_fit(one: Profile, other: Profile) -> bool:
    """A meeting of three is not one of two; of others one may tell a part."""
    if one.third and other.third:
        return bool(one.third & other.third)
    return one.family != "CONSULT" or one.third == other.third


def _modes_fit(one: Profile, other: Profile) -> bool:
    """A call is no meeting: not one with a mode of its own, nor one in a town."""
    if one.family != "CONSULT" or one.mode == other.mode or "phone" not in (one.mode, other.mode):
        return True
    meeting = other if one.mode == "phone" else one
    return meeting.mode is None and (meeting.place is None or meeting.place[1] is None)


def _places_fit(one: Profile, other: Profile) -> bool:
    """The same country; for words, and where the same two meet on the same days, one of the places is wrong."""
    if one.place is None or other.place is None or one.place[0] == other.place[0] or one.family in VERBAL:
        return True
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return _meets(one, other) and _gap(one.first, one.last, other.first, other.last) == 0


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How far the words are the same: cosine of the two sets (Ochiai 1957), half of it the share of the shorter one
    that the longer has too, so that a long clause may tell the same as a short one."""
    both = len(one & other)
    if not both:
        return 0.0
    cosine: float = both / (len(one) * len(other)) ** 0.5
    return 0.5 * cosine + 0.5 * both / max(4, min(len(one), len(other)))
