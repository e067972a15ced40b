"""Regular expressions of English time expressions, over the surface text.

Each pattern belongs to one rule of `rules` by its name; where two match at one place the longer wins,
then the earlier.
"""

from __future__ import annotations

import re
from typing import Final

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)"
_WEEKDAY_SHORT = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?(?=,? ?(?:{_MONTH}|\d)))"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_COUNT = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:a |one |two )?hundred|(?:{_WORDS})(?:[- ](?:{_WORDS}|hundred))?)"
    r"(?: and (?:a|one) half|-and-a-half)?"
)
_VAGUE = (
    r"several|(?:a|the) few|few|(?<!as )many|a number of|multiple|a handful of|dozens of|hundreds of|countless|some"
)
_ARTICLE = r"an?|half an?|a full|an entire|a whole|a single|a couple(?: of)?|a dozen"
_UNIT = r"(?:second|minute|hour|day|weekday|night|week|fortnight|weekend|month|quarter|year|decade|century|centurie)"
_UNITS = rf"{_UNIT}s?"
_AMOUNT = rf"(?:{_COUNT}|{_VAGUE}|{_ARTICLE})"
_PART = r"(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|lunchtime|overnight)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_BIG = r"(?:week|weekend|fortnight|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)"
_LAST = r"(?:last|past|previous|preceding|next|coming|upcoming|following|this|current|same|that)"
_PHASE = (
    r"(?:early(?: in)?|mid|mid-to-late|late(?: in)?"
    r"|(?:the )?(?:very )?(?:beginning|start|end|middle|close|turn) of)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first|\d{1,2}(?:st|nd|rd|th))"
)
_DASH = r"(?: ?[-–—] ?| to | through | until | till | and )"
_FESTIVAL = (
    r"(?:Christmas(?: Day| Eve)?|Xmas|Boxing Day|(?:Lunar |Chinese )?New Year(?:'s(?: Day| Eve)?)?|Spring Festival"
    r"|Valentine's Day|Halloween|May Day|Bastille Day|Nowruz|Armistice Day|Veterans Day|All Saints' Day|Epiphany"
    r"|Easter(?: Sunday| Monday)?|Good Friday|Palm Sunday|Pentecost|Thanksgiving(?: Day)?|Labor Day|Memorial Day)"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:a\.?m\b\.?|p\.?m\b\.?|AM\b|PM\b)|\d{1,2}:\d{2}(?::\d{2})?|\d{4}(?= ?(?:GMT|UTC)))"
)
_ZONE = (
    r"(?: ?\(?(?:GMT|UTC|[ECMP][SD]?T|BST|CES?T|IST|JST|local time|Beijing time|Moscow time)(?: ?[+-] ?\d{1,2})?\)?)?"
)


def _rule(pattern: str, *, any_case: bool = False) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€])(?:{pattern})(?!\w)", re.IGNORECASE if any_case else 0)


PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("iso", _rule(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?")),
    ("slashed", _rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)")),
    ("dotted", _rule(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})")),
    (
        "month_day_range",
        _rule(
            rf"(?P<m>{_MONTH}) (?:the )?(?P<d>{_DAY}){_DASH}(?:(?P<m2>{_MONTH}) )?(?:the )?(?P<d2>{_DAY})(?!:)"
            rf"(?:,? (?P<y>{_YEAR}))?"
        ),
    ),
    (
        "day_month_range",
        _rule(
            rf"(?P<d>{_DAY})(?: (?P<m>{_MONTH}))?{_DASH}(?P<d2>{_DAY}) (?:of )?(?P<m2>{_MONTH})(?:,? (?P<y>{_YEAR}))?"
        ),
    ),
    (
        "month_day",
        _rule(
            rf"(?:{_WEEKDAY_SHORT},? )?(?P<m>{_MONTH}) ?(?:the )?(?P<d>{_DAY})(?:,? ?(?P<y>{_YEAR})|(?![\d:]))"
        ),
    ),
    (
        "day_month",
        _rule(
            rf"(?:{_WEEKDAY_SHORT},? )?(?:the )?(?P<d>{_DAY})[ -](?:of )?(?P<m>{_MONTH})(?:,?[ -](?P<y>{_YEAR}))?"
        ),
    ),
    (
        "month_range",
        _rule(rf"(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?{_DASH}(?P<m2>{_MONTH})(?:,? (?P<y2>{_YEAR}))?"),
    ),
    (
        "month",
        _rule(
            rf"(?:(?P<phase>(?i:{_PHASE}))[ -])?(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming"
            rf"|[Tt]he previous|[Tt]he following|[Tt]he same) )?"
            rf"(?P<m>{_MONTH})(?:(?:,| of)? ?(?P<y>{_YEAR})| (?:of )?(?P<ry>last|this|next|that) year)?"
        ),
    ),
    ("today", _rule(r"(?P<lead>later |earlier )?(?P<w>today|tonight|yesterday|tomorrow|the day after tomorrow"
                    r"|the day before yesterday)"
                    rf"(?: (?P<part>{_PART}))?", any_case=True)),
    ("part_today", _rule(rf"(?P<phase>early |late |later )?(?P<rel>this|last|that|the same|the next"
                         rf"|the following|the previous) (?P<part>{_PART})", any_case=True)),
    (
        "weekday_range",
        _rule(rf"(?P<w>{_WEEKDAY})(?: ?[-–—] ?| to | through | until | and )(?P<w2>{_WEEKDAY})"),
    ),
    (
        "weekday",
        _rule(
            rf"(?:(?P<part0>(?i:midnight|noon)) (?:on |of )?)?(?:(?P<phase>[Ee]arly|[Ll]ate|[Ee]arlier"
            rf"|[Ll]ater) (?:on )?)?"
            rf"(?:(?P<rel>(?:[Tt]h(?:is|e) )?(?:[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Ff]ollowing)"
            rf"|[Tt]his|[Tt]hat|[Tt]he same) )?"
            rf"(?P<w>{_WEEKDAY})(?: (?P<part>{_PART})| (?P<of>(?:of )?(?:last|this|next) week))?"
        ),
    ),
    ("weekdays", _rule(rf"(?P<w>{_WEEKDAY})s")),
    ("weekday_ago", _rule(rf"(?:(?P<n>a|two|three) weeks? (?P<dir>ago|from)|(?P<on>a week)) (?:on |last "
                          rf"|this )?(?P<w>{_WEEKDAY})")),
    ("quarter", _rule(rf"(?:the )?(?:(?P<o>first|second|third|fourth|final|last|latest|previous|next|current"
                      rf"|[1-4](?:st|nd|rd|th))|this)[ -]quarter"
                      rf"(?: of (?:(?P<y>{_YEAR})|(?P<ry>last|this|next|the) year))?", any_case=True)),
    ("quarter_code", _rule(rf"Q(?P<q>[1-4])(?:[ ,]+(?:of )?(?P<y>{_YEAR}))?|(?P<y2>{_YEAR})[- ]?Q(?P<q2>[1-4])")),
    ("half_year", _rule(rf"(?:the )?(?P<o>first|second|latter|last|1st|2nd)[ -]half of (?:(?P<y>{_YEAR})|"
                        rf"(?P<ry>last|this|next|the) year)", any_case=True)),
    ("season", _rule(rf"(?:(?P<phase>{_PHASE})[ -])?(?:(?:(?P<rel>last|this|next|this past|this coming|that"
                     rf"|the previous|the following) )(?P<s>{_SEASON})(?:,? (?:of )?(?P<y>{_YEAR}))?"
                     rf"|(?:the )?(?P<s2>{_SEASON}) (?:of )?(?P<y2>{_YEAR})|(?<=in )the (?P<s3>{_SEASON})"
                     rf"(?! of))", any_case=True)),
    ("decade", _rule(r"(?:the )?(?:(?P<phase>early|mid|late|later)[ -])?(?:the )?(?:(?P<y>1[6-9]\d|20\d)0'?s|'"
                     r"(?P<yy>\d)0s|(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties"
                     r"|nineties))", any_case=True)),
    ("century", _rule(rf"(?:the )?(?:(?P<phase>early|mid|late)[ -])?(?:the )?"
                      rf"(?P<o>{_ORDINAL})[ -]century", any_case=True)),
    ("fiscal", _rule(rf"(?:fiscal(?: year)?|financial year|FY) ?(?:(?P<y>{_YEAR})|'?(?P<yy>\d\d))", any_case=True)),
    ("year_range", _rule(rf"(?P<y>{_YEAR})[-–—/](?P<y2>{_YEAR}|\d\d)")),
    ("year", _rule(rf"(?:(?P<phase>(?i:{_PHASE}))[ -])?(?:the year )?(?P<y>{_YEAR})")),
    ("later_in", _rule(r"(?P<w>later|earlier|late|early) (?:on )?(?:in )?(?P<rel>this|last|next|the same|that"
                       r"|the following|the previous|the) (?P<u>day|week|month|year|quarter|decade|century"
                       r"|morning|afternoon|evening|night)", any_case=True)),
    ("phase_of", _rule(r"(?P<phase>(?:the )?(?:very )?(?:beginning|start|end|middle|close|turn) of|early|mid"
                       r"|late) (?:(?P<rel>the last|last|this|next|the next|the following|the previous|that|the"
                       r"|the coming|the current) )(?P<u>week|month|year|decade|century|weekend)", any_case=True)),
    ("year_end", _rule(r"(?:the )?(?P<w>year|month)[- ]end|mid-?year", any_case=True)),
    ("span_of", _rule(rf"(?:the )?(?P<rel>last|past|previous|preceding|next|coming|following|first|final"
                      rf"|upcoming) (?:(?P<n>{_COUNT}|few|several|couple of|many) )(?P<u>{_UNITS})", any_case=True)),
    ("vague_span", _rule(r"(?:(?P<rel>recent|coming|upcoming|past|ensuing) |(?:the )?(?P<rel2>next|last"
                         r"|previous|following) )(?P<u>(?:day|week|month|year|decade|hour)s)|(?:the )?(?P<u2>"
                         r"(?:day|week|month|year|decade)s) (?P<w>ahead|to come)", any_case=True)),
    ("unit_rel", _rule(rf"(?:(?:the|this|these) )?(?P<rel>{_LAST}) (?P<u>{_BIG}|hour)(?P<poss>'s)?", any_case=True)),
    ("the_weekend", _rule(r"the weekend", any_case=True)),
    ("every", _rule(rf"(?:every|each)(?: (?P<n>other|{_COUNT}|few|single))? (?P<u>{_UNITS}|{_WEEKDAY}|{_PART}"
                    rf"|{_SEASON}|{_MONTH})", any_case=True)),
    ("rate", _rule(rf"(?:(?:once|twice|times|{_COUNT} times) (?:an?|per|each|every)|per) "
                   rf"(?P<u>{_UNIT})", any_case=True)),
    ("often", _rule(r"(?P<w>annual|annually|yearly|monthly|weekly|daily|quarterly|biannual|hourly"
                    r"|nightly)", any_case=True)),
    ("ago", _rule(rf"(?:(?:more|less) than |nearly |almost |about |some |roughly |just (?:over |under )?"
                  rf"|over )?(?P<n>{_AMOUNT}) (?P<u>{_UNITS}) (?P<w>ago|from now|hence|earlier|later"
                  rf"|afterwards?|previously|beforehand)(?: (?P<today>today))?", any_case=True)),
    ("ago_vague", _rule(rf"(?:(?P<some>{_UNITS}) (?P<w>ago|earlier|later)|long ago|"
                        rf"(?:the )?other day)", any_case=True)),
    ("offset", _rule(r"(?:the )?(?P<rel>day|week|month|year|night) (?P<w>before|after|earlier|later)(?= ?[,.;]"
                     r"|$)|(?:the )?(?P<w2>next|following|previous|preceding|same|very same) (?P<u>day|morning"
                     r"|evening|night|afternoon|date)|that (?P<u3>day|same day)|(?<=on )its date", any_case=True)),
    ("in_future", _rule(rf"(?<=in )(?P<n>{_AMOUNT}) (?P<u>{_UNITS})(?: or so)?(?: time|'s? time)?"
                        rf"(?! of)", any_case=True)),
    ("within", _rule(rf"(?<=within )(?:the next )?(?P<n>{_AMOUNT}) (?P<u>{_UNITS})", any_case=True)),
    ("duration", _rule(rf"(?:nearly |almost |about |roughly )?(?P<n>{_AMOUNT})[ -](?P<u>{_UNITS})(?P<old>-old"
                       rf"| old|-olds)?", any_case=True)),
    ("long", _rule(r"(?P<n>\w+-)?(?P<u>hour|day|week|month|year|decade|centurie|century)s?-long", any_case=True)),
    ("bare_span", _rule(r"(?<=for )(?P<u>days|weeks|months|years|decades|hours|centuries)|(?<=over )(?:the )?"
                        r"(?P<u2>years|months|decades|weeks|days)", any_case=True)),
    ("undetermined", _rule(r"an? (?:undetermined|indefinite|unspecified|short|long|limited) (?:period|length"
                           r"|amount) of time", any_case=True)),
    ("day_of_month", _rule(r"(?<=on |by ) ?the (?P<d>\d{1,2})(?:st|nd|rd|th)(?= ?(?:[.,;:]|$|of (?:this|last"
                           r"|next) month|and |he |she |it |they |the ))")),
    ("clock", _rule(rf"(?P<t>{_CLOCK}){_ZONE}|(?P<w>noon|midday|midnight)(?: {_ZONE})?")),
    ("festival", _rule(rf"(?P<rel>[Ll]ast |[Nn]ext |[Tt]his )?(?P<f>{_FESTIVAL})(?:,? (?P<y>{_YEAR}))?")),
    ("present", _rule(r"now(?!-)|currently|nowadays|at present|these days|presently|at the moment|the present"
                      r"(?: day| time)?|right now|at this (?:time|moment|stage|point)", any_case=True)),
    ("past", _rule(r"(?:more |most |very |only |until )?recently|lately|in the (?:recent |distant )?past|"
                   r"(?<=the )(?:recent |distant )past|in the old days|long ago|(?<=in )recent (?:times|memory)"
                   r"|once upon a time", any_case=True)),
    ("future", _rule(r"soon(?!-)|shortly(?! (?:after|before))|(?:in )?the (?:near |foreseeable |immediate "
                     r"|not too distant |distant )?future|a later (?:time|date|stage)|a future date|some ?day"
                     r"|in due course|before long|the coming future", any_case=True)),
)  # fmt: skip

# A text without one of these has no time expression: spares the many patterns on short or dateless texts.
SEED: Final = re.compile(
    rf"\d|{_MONTH}|{_WEEKDAY}|(?i:day|night|week|month|year|decade|centur|hour|minute|second|quarter|spring"
    rf"|summer|autumn|fall|winter"
    r"|morning|noon|evening|tomorrow|annual|now|current|recent|past|future|soon|shortly|later|date|christmas"
    r"|easter|festival"
    r"|ties\b|moment|present|lately|former|point|stage|time|memory|course|long|eve\b|daily|lunchtime|dawn|dusk)"
)
