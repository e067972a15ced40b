"""Small closed classes of words that the status rules look at; the open ones are in `lexicon/data/status_cues.tsv`."""

from __future__ import annotations

from typing import Final

# What is refused is what these ask or say, not that they were made: "rejected the offer", "denied the allegations".
SPEECH_ACTS: Final = frozenset(
    {
        "proposal", "offer", "request", "call", "demand", "claim", "accusation", "allegation", "suggestion",
        "plan", "report", "charge", "criticism", "idea", "invitation", "warning", "appeal", "statement",
        "ultimatum", "bid", "petition", "threat", "complaint",
    }
)  # fmt: skip
TOPICS: Final = frozenset(
    {
        "about", "over", "on", "against", "from", "with", "at", "by", "of",
    }
)  # fmt: skip
CAUSES: Final = frozenset({("due", "to"), ("owing", "to"), ("thanks", "to"), ("according", "to"), ("because", "of")})
# "We would like to thank …" thanks: saying so is doing so (Austin 1962).
PERFORMATIVES: Final = frozenset(
    {
        "thank", "congratulate", "welcome", "express", "reiterate", "reaffirm", "stress", "emphasize",
        "emphasise", "underline", "apologize", "apologise", "convey", "extend", "condemn", "say", "note",
        "add", "commend", "acknowledge", "offer", "remind", "point", "highlight", "praise", "pay", "wish",
    }
)  # fmt: skip
# What one wants to end goes on: "urged them to halt the strikes".
ENDINGS: Final = frozenset(
    {
        "stop", "halt", "cease", "end", "quit", "suspend", "freeze", "discontinue",
    }
)  # fmt: skip
REFUSALS: Final = frozenset(
    {
        "reject", "refuse", "decline", "deny", "dispute", "refute", "rule", "block", "dismiss", "stop",
    }
)  # fmt: skip
DEFINITE: Final = frozenset(
    {
        "the", "this", "that", "these", "those", "its", "their", "his", "her", "my", "our", "your", "both",
    }
)  # fmt: skip


# Words of amount: what they measure shares their fate ("a series of strikes").
PARTS: Final = frozenset(
    {
        "half", "part", "series", "round", "number", "majority", "rest", "wave", "set", "string", "spate",
        "third", "quarter", "most", "all", "some", "any", "many", "each", "one", "more", "kind", "type",
        "sort", "form", "lot", "couple", "hour", "day", "week", "month", "dozen", "hundred", "thousand",
        "period", "act", "campaign", "phase", "stage",
    }
)  # fmt: skip
# "the best place to see": a superlative of choice, not of deeds ("the first country to recognise …").
CHOICES: Final = frozenset(
    {
        "place", "time", "way", "thing", "idea", "option", "choice", "chance", "moment", "step", "reason",
        "bet",
    }
)  # fmt: skip
