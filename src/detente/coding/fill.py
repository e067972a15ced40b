"""The side that the grammar leaves out: "Tehran condemned the raid and summoned Pakistan's envoy" condemns Pakistan.

Where a trigger has one side in its slots and not the other, each other party of the sentence is tried, and the model
says which one stands in the relation that the trigger names, if any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from detente.coding.analysis import Analysis, Mention, beginning
from detente.coding.arguments import gives_reason, is_party
from detente.coding.candidate import Candidate
from detente.coding.judge import question_of
from detente.coding.mentions_titles import WHY as HEAD_OF_A_BODY
from detente.coding.relation import Reading, RelationModel
from detente.coding.settle import settle
from detente.coding.status import status_of

# Least probability of type and direction together; chosen on `examples/` and `examples/check` (development data).
SURE: Final = 0.8
# How well founded a side is that only the model vouches for (see `Candidate.explicit`).
_EXPLICIT: Final = 0.5
# Parties tried for a trigger, the nearest first, and triggers tried in a sentence: lists of states are long.
_PARTIES, _TRIGGERS = 4, 6
_PLACING = frozenset("into through via near around within inside outside across off".split())


def fill(analysis: Analysis, halves: Sequence[Candidate], model: RelationModel) -> list[tuple[Candidate, Reading]]:
    """Of candidates with one side, those for which the model is sure of another, with that side and its answer."""
    asked = Counter[int]()
    found: list[tuple[Candidate, Reading]] = []
    for half in halves:
        options = list(islice(_with_each(analysis, half), _PARTIES))
        sentence = analysis.sentence_at(half.trigger).index
        token = analysis.doc[half.trigger]
        kind = settle(token, half.type, half.mode, status_of(analysis, half.trigger))[0]
        # Whoever a meeting was about stands beside those who met, most of all in readouts.
        if kind == "CONSULT" or not options or asked[sentence] == _TRIGGERS:
            continue
        asked[sentence] += 1
        readings = model.read([question_of(analysis, option) for option in options])
        sure = [_sure(reading, kind) for reading in readings]
        best = max(range(len(options)), key=lambda number: sure[number])
        if sure[best] >= SURE:
            found.append((replace(options[best], given=sure[best]), readings[best]))
    return found


def _sure(reading: Reading, kind: str) -> float:
    return reading.types[kind] * (reading.directions["forward"] + reading.directions["mutual"])


def _with_each(analysis: Analysis, half: Candidate) -> Iterator[Candidate]:
    """The candidate with each party of its sentence that is on no side yet, the nearest to the trigger first."""
    if bool(half.actors) == bool(half.recipients):
        return
    there = (*half.actors, *half.recipients)
    known = {actor.id for mention in there for actor in mention.actors}
    sentence = analysis.sentence_at(half.trigger)
    others = [
        mention
        for mention in beginning(analysis.mentions, sentence.start, sentence.end)
        if mention.end <= sentence.end
        and is_party(mention)
        # Two guesses in a row are one too many.
        and mention.kind != "pronoun"
        and not {actor.id for actor in mention.actors} & known
        and not mention.start <= half.trigger < mention.end
        and not any(_overlap(mention, one) for one in there)
        and not _only_a_place(analysis, mention)
        and not _names_a_body(analysis, mention)
        and not gives_reason(analysis.doc[mention.root], analysis.doc[half.trigger])
    ]
    for mention in sorted(others, key=lambda one: (abs(one.root - half.trigger), one.start)):
        if half.actors:
            yield replace(half, recipients=(mention,), explicit=_EXPLICIT, slot="")
        else:
            yield replace(half, actors=(mention,), explicit=_EXPLICIT)


def _only_a_place(analysis: Analysis, mention: Mention) -> bool:
    """ "its neighbour's entry into NATO": where something goes or stands is no side."""
    token = analysis.doc[mention.root]
    return token.dep_ == "pobj" and token.head.lower_ in _PLACING


def _names_a_body(analysis: Analysis, mention: Mention) -> bool:
    """ "The president of the French football federation": the state is only in the name of the body."""
    above = (analysis.mention_at(token.i) for token in analysis.doc[mention.root].ancestors)
    return any(other is not None and other.why == HEAD_OF_A_BODY and other.root < mention.root for other in above)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
