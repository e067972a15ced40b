"""Is a match of a pattern a time expression here? The parser's tags tell "May" from "may" and 2,000 men from the
year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_YEAR_BEFORE = frozenset(
    {"in", "since", "by", "until", "till", "from", "of", "during", "before", "after", "early", "late", "mid", "the",
    "to", "and",
     "between", "through", "for", "around", "about", "'s", "year", "(", ",", "as", "throughout", "over"}
)  # fmt: skip
# What carries a number of its own: bills, resolutions, flights ("S. 1828", "Resolution 1701").
_NUMBERED = frozenset(
    {
        "no.", "no", "number", "about", "nearly", "almost", "resolution", "than", "least", "most", "some",
        "flight", "s.", "h.r.", "hr", "s", "res.", "u.s.c.", "usc", "c.f.r.", "section", "bill", "article",
        "order", "proclamation", "law", "room", "page",
    }
)  # fmt: skip
_COUNTED = frozenset(
    {
        "million", "billion", "percent", "km", "kilometres", "kilometers", "miles", "feet", "metres", "meters",
        "hours", "gmt", "utc", "troops", "people", "soldiers", "tons", "tonnes", "men", "dollars", "euros",
        "women", "children", "civilians",
    }
)  # fmt: skip
_MONEY = re.compile(r"[$£€¥#%]")


def is_time(name: str, match: re.Match[str], doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens [start, end) under a match really name a time."""
    token = doc[start]
    if name == "month":
        return bool(match["y"] or match["phase"] or match["rel"] or match["ry"]) or _is_month(match, doc, start, end)
    if name == "year":
        return bool(match["phase"]) or _is_year(doc, end - 1)
    if name == "year_range":
        return not (start and _MONEY.match(doc[start - 1].text))
    if name == "duration":
        return _is_duration(match, doc, start, end)
    if name == "clock":
        return _is_clock(match, doc, start)
    if name == "present":
        return _is_present(doc, start, end)
    if name == "season":
        return not (match["s3"] and match["s3"].lower() == "fall")
    if name == "future":
        return token.lower_ != "soon" or not (end < len(doc) and doc[end].lower_ in ("after", "as"))
    if name == "often":
        return token.pos_ in ("ADJ", "ADV", "NOUN") and token.ent_type_ != "ORG"
    if name == "month_day" and match["m"].lower() == "may" and not match["y"]:
        return token.tag_ != "MD"
    if name == "slashed":
        return int(match["a"]) <= 31 and int(match["b"]) <= 31
    if name == "quarter":
        return _is_quarter(match, doc, end)
    if name == "decade":
        return match["w"] is None or (
            (start > 0 and doc[start].lower_ in ("the", "early", "mid", "late")) and not _aged(doc, start)
        )
    return True


def _aged(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_ in ("his", "her", "their")


def _is_month(match: re.Match[str], doc: Doc, start: int, end: int) -> bool:
    word = match["m"].rstrip(".").lower()
    token = doc[start]
    if end < len(doc) and doc[end].text == "-" and word == "mar":
        return False
    if token.ent_type_ == "PERSON" or (
        word in ("may", "march", "mar", "jan", "sep", "dec") and token.tag_ in ("MD", "VB", "VBP", "VBZ", "VBD")
    ):
        word_before = doc[start - 1].lower_ if start else ""
        return (
            word_before in ("in", "since", "until", "by", "of", "from", "during", "through", "to")
            and token.tag_ != "MD"
        )
    if word in ("march", "may", "april", "june", "august"):
        before = doc[start - 1] if start else None
        if before is not None and before.lower_ in ("theresa", "mr", "mr.", "ms", "ms.", "mrs", "mrs."):
            return False
        if (
            before is not None
            and word in ("march", "may")
            and before.pos_ == "PROPN"
            and before.ent_type_ == token.ent_type_ != "DATE"
        ):
            return False
    return True


def _is_year(doc: Doc, index: int) -> bool:
    token = doc[index]
    before = doc[index - 1] if index else None
    after = doc[index + 1] if index + 1 < len(doc) else None
    if not token.text[:4].isdigit() or len(token.text) > 5:
        return False
    if before is not None and (_MONEY.match(before.text) or before.lower_ in _NUMBERED):
        return False
    if after is not None and (_MONEY.match(after.text) or after.lower_ in _COUNTED):
        return False
    if (
        after is not None
        and after.text in (",", ".")
        and after.whitespace_ == ""
        and index + 2 < len(doc)
        and doc[index + 2].text[:1].isdigit()
    ):
        return False
    head = token.head
    if token.dep_ == "nummod" and head.tag_ == "NNS" and head.i > token.i:
        # "2000 villages" against "the 2014 elections".
        determined = any(c.dep_ in ("det", "poss") for c in head.lefts) or (
            before is not None and before.lower_ in _YEAR_BEFORE
        )
        return determined and not token.text.endswith("00")
    return True


def _is_duration(match: re.Match[str], doc: Doc, start: int, end: int) -> bool:
    words = match["n"].lower()
    unit = match["u"].lower()
    if words in ("a", "an") and unit in ("day", "year", "month", "week", "hour", "night") and start:
        before = doc[start - 1]
        # "15 a year", "what a day", "for a second"
        if before.lower_ in ("what", "such", "quite", "not"):
            return False
    if unit in ("second", "seconds") and words in ("a", "an", "one", "some"):
        return False
    if unit in ("nights", "night", "quarter", "quarters", "day") and words in ("a", "some"):
        return unit == "day"
    if end < len(doc) and doc[end].lower_ == "old":
        return False
    return not (start and _MONEY.match(doc[start - 1].text))


def _is_clock(match: re.Match[str], doc: Doc, start: int) -> bool:
    if match["w"]:
        return start > 0 and doc[start - 1].lower_ in ("at", "until", "by", "before", "after", "around", "from")
    text = match["t"]
    if re.search(r"[ap]\.?m", text, re.IGNORECASE):
        return True
    if re.fullmatch(r"\d{1,2}:\d{2}", text):
        before = doc[start - 1].lower_ if start else ""
        return before in ("at", "until", "by", "around", "about", "from", "before", "after", "to") or bool(
            re.search(r"[A-Z]{3}|time", match.group())
        )
    return bool(re.search(r"GMT|UTC|[ECMP][SD]?T|time", match.group()))


def _is_present(doc: Doc, start: int, end: int) -> bool:
    if end - start > 1:
        return True
    token = doc[start]
    after = doc[end].lower_ if end < len(doc) else ""
    return token.lower_ != "now" or (token.pos_ != "SCONJ" and after not in ("that",) and token.dep_ != "mark")


def _is_quarter(match: re.Match[str], doc: Doc, end: int) -> bool:
    if match["y"] or match["ry"]:
        return True
    after = doc[end].lower_ if end < len(doc) else ""
    return after not in ("of", "-", "final", "century")
