"""What the vocabularies and fields of a record mean, in words: for the codebook's page and for people who review.

The types and modes have theirs in `data/types.tsv` and `data/modes.tsv`.
"""

from __future__ import annotations

from typing import Final

STATUS: Final = {
    "happened": "It took place, and is over.",
    "ongoing": "It was going on when the text was written.",
    "planned": "Somebody who can bring it about means to, or it has a date after publication.",
    "possible": "It may have happened or may yet, and the text leaves that open: reports that he might, calls for "
    "talks, an offer nobody has answered.",
    "hypothetical": "It stands under a condition, or in a world that is not this one: *if*, *unless*, *would have*.",
    "denied": "The text, or whoever is quoted, says that it did not happen.",
    "cancelled": "It was to happen and was called off or put off.",
    "historical": "It happened, and was over more than 90 days before publication: background, not news.",
}
# The fields of an event that a reviewer can correct.
FIELD: Final = {
    "type": "What is done, as one of PLOVER's sixteen types. The quad class follows from it.",
    "mode": "How it is done; a mode belongs to its type, and some types have none.",
    "status": "Whether it took place.",
    "actors": "Who does it. In a visit the visitor; where no difference is made, everyone, with nobody as recipient.",
    "recipients": "To whom. In a visit the host. A country that is only talked about is no party.",
    "start": "The first day on which it took place, or is to; open if the text does not say.",
    "end": "The last day, included.",
    "place": "Where it takes place, not where it is reported from. A capital that stands for a government is no place.",
    "country": "The country in which the place lies.",
    "said_by": "Who vouches for it, if it is not the reporter.",
}
FORM: Final = {
    "direct": "All of the content stands in quotation marks.",
    "indirect": "None of it does.",
    "mixed": "Some of it does: *called the talks “candid”*.",
}
# Of a statement's number from -1 to 1 people judge the sign alone.
TONE: Final = {
    "positive": "Friendly towards whom it is about: it praises, thanks, promises, hopes.",
    "neutral": "Neither, or as much of one as of the other.",
    "negative": "Hostile: it blames, warns, threatens, refuses.",
}
# Those of a statement.
SAID: Final = {
    "speaker": "Whose words these are, not who passes them on. Empty if the text does not tell.",
    "side": "The country that the speaker speaks for, by its code or name; empty for observers, media, companies and "
    "private persons.",
    "addressee": "To whom it is said, if the text tells. A country that is only talked about is none.",
    "form": "Whether the words themselves are given.",
    "issues": "What it is about, of the issues of the lexicon.",
    "tone": "How the words sound, whatever was done.",
}
