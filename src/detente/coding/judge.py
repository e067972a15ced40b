"""Is a candidate an event, and of which type? The model is asked, the rules say among what it may choose."""

from __future__ import annotations

from typing import Final

from detente.coding.analysis import Analysis, Mention
from detente.coding.arguments import by_place
from detente.coding.candidate import Candidate
from detente.coding.clauses import prepositions
from detente.coding.conditions import fitting_rows
from detente.coding.decide import Verdict, decide
from detente.coding.question import Question
from detente.coding.relation import Reading
from detente.lexicon.triggers import Triggers

# How often the rules' type is right by how a candidate was found: a verb, a noun, sides that were inferred.
_VERB, _NOUN, _INFERRED = 0.80, 0.70, 0.55
# What the rules grant to "no event" against any one other type: they have looked for reasons to drop a candidate.
NONE_TRUST: Final = 0.2


def question_of(analysis: Analysis, candidate: Candidate) -> Question:
    """What the model is asked about a candidate: its trigger, and of each side the first mention in the sentence."""
    sentence = analysis.sentence_at(candidate.trigger)

    def side(mentions: tuple[Mention, ...]) -> Mention | None:
        return next((m for m in mentions if sentence.start <= m.start and m.end <= sentence.end), None)

    actors, recipients = candidate.actors, candidate.recipients
    if candidate.reciprocal and not recipients:
        actors, recipients = actors[: candidate.lead or 1], actors[candidate.lead or 1 :]
    return question_about(analysis, side(actors), side(recipients), candidate.trigger)


def question_about(analysis: Analysis, actor: Mention | None, recipient: Mention | None, trigger: int) -> Question:
    """A question about two mentions of the trigger's sentence; None: the side is not named there."""
    sentence = analysis.sentence_at(trigger)
    whole = analysis.span(sentence.start, sentence.end)

    def within(start: int, end: int) -> tuple[int, int]:
        span = analysis.span(start, end)
        return span.start - whole.start, span.end - whole.start

    def side(mention: Mention | None) -> tuple[int, int] | None:
        return within(mention.start, mention.end) if mention else None

    text = analysis.document.text[whole.start : whole.end].replace("\n", " ")
    return Question(text, side(actor), side(recipient), within(trigger, trigger + 1))


def judge(
    analysis: Analysis, candidate: Candidate, kind: str, triggers: Triggers, model: Reading | None, *, rules: bool
) -> Verdict | None:
    """The verdict on a candidate whose words name `kind` once its status is known; None if it is no event.

    The grammar allows the types of all rows of the trigger tables that fit the word in its clause, and where status has
    made another type of it (a promise, a refusal) that one alone; `rules` false allows all.
    """
    shares = model.types if model else None
    if not rules:
        verdict = decide(None, 0.0, shares)
    else:
        allowed = {kind} if kind != candidate.type else {kind, *_rivals(analysis, candidate, triggers)}
        if shares is not None and _to_a_place(analysis, candidate):
            rows = triggers.verbs.get(analysis.doc[candidate.trigger].lemma_.lower(), ())
            senses = {row.type for row in rows} - {kind}
            shares = {**shares, kind: shares[kind] + sum(shares[name] for name in senses), **dict.fromkeys(senses, 0.0)}
        verdict = decide(kind, _trust(candidate), shares, none_trust=NONE_TRUST, allowed=allowed)
    return None if verdict is None or verdict.none > verdict.probability else verdict


def _rivals(analysis: Analysis, candidate: Candidate, triggers: Triggers) -> set[str]:
    """What else the tables let the word mean where it stands."""
    token = analysis.doc[candidate.trigger]
    if candidate.rule.startswith("noun"):
        return {row.type for row in triggers.nouns.get(token.lemma_.lower(), ())}
    return {row.type for row in fitting_rows(analysis, token, triggers)}


def _to_a_place(analysis: Analysis, candidate: Candidate) -> bool:
    """ "welcomed the king to Oslo": words are welcomed too, but to no place; the model mixes up the two."""
    if not candidate.swapped or candidate.mode != "visit":
        return False
    hanging = prepositions(analysis.doc[candidate.trigger])
    return bool(by_place(analysis, [inner for preposition, inner in hanging if preposition in ("to", "at", "in")]))


def _trust(candidate: Candidate) -> float:
    if candidate.explicit < 0.9:
        return _INFERRED
    return _NOUN if candidate.rule.startswith("noun") else _VERB
