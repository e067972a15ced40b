"""What the vocabularies and fields of an event mean, in words: for the codebook's page and for people who review.

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
# The fields that a reviewer can correct.
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
